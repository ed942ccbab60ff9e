import type { ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { classes } from "../classes.ts";

interface RadioCardsProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

/** A choice between a few options, each with its effect. */
export function RadioCards({ label, value, onChange, children }: RadioCardsProps) {
  return (
    <RadioGroup aria-label={label} value={value} onChange={onChange} className="grid gap-3 sm:grid-cols-2">
      {children}
    </RadioGroup>
  );
}

interface RadioCardProps {
  readonly value: string;
  readonly title: string;
  /** Why the option cannot be chosen; the card stays readable. */
  readonly disabledReason?: string | undefined;
  readonly children: ReactNode;
}

export function RadioCard({ value, title, disabledReason, children }: RadioCardProps) {
  const isDisabled = disabledReason !== undefined;
  return (
    <Radio
      value={value}
      isDisabled={isDisabled}
      className={({ isSelected }) =>
        classes(
          "flex gap-3 rounded-xl border p-4 text-sm",
          isSelected ? "border-accent bg-accent-soft ring-1 ring-accent" : "border-edge/60 bg-surface",
          isDisabled ? "bg-sunken" : "cursor-pointer hover:border-accent",
        )
      }
    >
      {({ isSelected }) => (
        <>
          <span
            aria-hidden
            className={classes(
              "mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded-full border-2",
              isSelected ? "border-accent" : "border-edge",
              isDisabled && "opacity-50",
            )}
          >
            {isSelected && <span className="size-2 rounded-full bg-accent" />}
          </span>
          <span className="min-w-0 space-y-1.5">
            <span className="block font-semibold">{title}</span>
            <span className="block text-quiet">{children}</span>
            {isDisabled && (
              <span className="block rounded-md bg-warning-soft px-2.5 py-1.5 text-warning-ink">
                {disabledReason}
              </span>
            )}
          </span>
        </>
      )}
    </Radio>
  );
}
