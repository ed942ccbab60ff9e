interface TickBoxProps {
  readonly label: string;
  readonly isTicked: boolean;
  /** Some of its rows are ticked and some are not. */
  readonly isPartly?: boolean;
  /** `isRange`: Shift was held, so the rows from the last tick to this one are meant. */
  readonly onTick: (isTicked: boolean, isRange: boolean) => void;
}

/** A checkbox in a row of a table. It is the native one, since its events tell whether Shift was held. */
export function TickBox({ label, isTicked, isPartly = false, onTick }: TickBoxProps) {
  return (
    <label className="-m-1.5 inline-flex size-8 shrink-0 cursor-pointer items-center justify-center">
      <input
        ref={(input) => {
          if (input !== null) input.indeterminate = isPartly && !isTicked;
        }}
        type="checkbox"
        aria-label={label}
        checked={isTicked}
        onChange={({ target, nativeEvent }) =>
          onTick(target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
        className="size-4.5 cursor-pointer accent-(--accent)"
      />
    </label>
  );
}
