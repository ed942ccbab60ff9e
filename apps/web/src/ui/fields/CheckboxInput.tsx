import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import { classes } from "../classes.ts";

interface CheckboxInputProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children: ReactNode;
}

export function CheckboxInput({ isSelected, onChange, children }: CheckboxInputProps) {
  return (
    <Checkbox
      isSelected={isSelected}
      onChange={onChange}
      className="flex min-h-6 items-start gap-2.5 text-sm"
    >
      <span
        aria-hidden
        className={classes(
          "mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded border-2",
          isSelected ? "border-accent bg-accent text-on-accent" : "border-edge bg-surface",
        )}
      >
        {isSelected && <Check className="size-3.5" strokeWidth={3} />}
      </span>
      {children}
    </Checkbox>
  );
}
