import { ProgressBar } from "react-aria-components/ProgressBar";
import { classes } from "./classes.ts";

interface ProgressLineProps {
  /** The progress in words. */
  readonly label: string;
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
}

export function ProgressLine({ label, done, total }: ProgressLineProps) {
  const isKnown = total !== null && total > 0;
  return (
    <ProgressBar
      aria-label={label}
      value={isKnown ? done : 0}
      maxValue={isKnown ? total : 1}
      isIndeterminate={!isKnown}
      valueLabel={label}
      className="space-y-1.5"
    >
      {({ percentage }) => (
        <>
          <p className="text-sm font-medium tabular-nums">{label}</p>
          <span className="block h-2.5 overflow-hidden rounded-full bg-line forced-colors:border">
            <span
              className={classes(
                "block h-full rounded-full bg-accent transition-[width] forced-colors:bg-[Highlight]",
                !isKnown && "w-1/3 animate-pulse",
              )}
              {...(isKnown ? { style: { width: `${percentage ?? 0}%` } } : {})}
            />
          </span>
        </>
      )}
    </ProgressBar>
  );
}
