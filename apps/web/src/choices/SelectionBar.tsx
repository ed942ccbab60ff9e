import type { Candidate } from "@payflip/contract/candidates.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { TickBox } from "../ui/lists/TickBox.tsx";
import { tickedOf, withTicked } from "../ui/lists/selection.ts";

interface SelectionBarProps {
  /** The people who match search and filters. */
  readonly found: readonly Candidate[];
  /** Those of them on this page. */
  readonly shown: readonly Candidate[];
  readonly selected: ReadonlySet<string>;
  readonly total: number;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

/** Selects the page, or all people found. */
export function SelectionBar({ found, shown, selected, total, onSelect }: SelectionBarProps) {
  const text = useText();
  const ids = (people: readonly Candidate[]) => people.map(({ workerId }) => workerId);
  const page = tickedOf(selected, ids(shown));
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      {shown.length > 0 && (
        <span className="flex items-center gap-2.5 pl-1 sm:pl-5">
          <TickBox
            label={text("picker.thisPage")}
            isTicked={page === "all"}
            isPartly={page === "some"}
            onTick={(isTicked) => onSelect(withTicked(selected, ids(shown), isTicked))}
          />
          <span aria-hidden>{text("picker.thisPage")}</span>
        </span>
      )}
      {found.length > 0 && tickedOf(selected, ids(found)) !== "all" && (
        <Button look="quiet" onPress={() => onSelect(withTicked(selected, ids(found), true))}>
          {text("picker.allThatMatch", { count: found.length })}
        </Button>
      )}
      {selected.size > 0 && (
        <Button look="quiet" onPress={() => onSelect(new Set())}>
          {text("picker.clear")}
        </Button>
      )}
      <output className="text-quiet">
        {found.length < total && text("picker.shown", { count: found.length })}
      </output>
      <span className="text-quiet max-sm:hidden">{text("picker.range.hint")}</span>
    </div>
  );
}
