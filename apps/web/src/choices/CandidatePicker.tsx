import { RefreshCw } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { Candidates } from "../api/decision-queries.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { useLocalPages } from "../ui/lists/useLocalPages.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { CandidateFilterBar } from "./CandidateFilterBar.tsx";
import { CandidateTable } from "./CandidateTable.tsx";
import { everybody, filterCandidates } from "./candidate-filter.ts";
import { SelectionBar } from "./SelectionBar.tsx";
import { rangeBetween, withTicked } from "../ui/lists/selection.ts";
import type { useCandidates } from "./useCandidates.ts";

interface CandidatePickerProps {
  readonly candidates: Candidates;
  readonly refresh: ReturnType<typeof useCandidates>["refresh"];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  /** Shows earlier choices and filters by them. */
  readonly withChoices: boolean;
  /** Actions for the selection. */
  readonly footer: ReactNode;
}

/** Selects people from the list of Liantis: by row, range, page, search or pasted list. */
export function CandidatePicker(props: CandidatePickerProps) {
  const { candidates, refresh, selected, onSelect, withChoices, footer } = props;
  const text = useText();
  const [filter, setFilter] = useState(everybody);
  const [lastTicked, setLastTicked] = useState<string>();
  const found = useMemo(
    () => filterCandidates(candidates.people, filter, selected),
    [candidates, filter, selected],
  );
  const { shown, pager, setPage } = useLocalPages(found);
  const tick = (workerId: string, isTicked: boolean, isRange: boolean) => {
    const rangeStart = isRange ? lastTicked : undefined;
    setLastTicked(workerId);
    const range = rangeBetween(
      found.map((person) => person.workerId),
      rangeStart,
      workerId,
    );
    onSelect(withTicked(selected, range, isTicked));
  };
  if (candidates.people.length === 0) {
    return (
      <EmptyState
        title={text("picker.none")}
        action={<Refresh fetchedAt={candidates.fetchedAt} refresh={refresh} />}
      >
        {text("picker.none.why")}
      </EmptyState>
    );
  }
  return (
    <div>
      <CandidateFilterBar
        filter={filter}
        onFilter={(changed) => {
          setFilter(changed);
          setPage(1);
        }}
        withChoices={withChoices}
        people={candidates.people}
        onPaste={(workerIds) => onSelect(withTicked(selected, workerIds, true))}
      />
      <Refresh fetchedAt={candidates.fetchedAt} refresh={refresh} />
      <SelectionBar
        found={found}
        shown={shown}
        selected={selected}
        total={candidates.people.length}
        onSelect={onSelect}
      />
      {found.length === 0 ? (
        <EmptyState
          title={text("picker.none.filtered")}
          action={<Button onPress={() => setFilter(everybody)}>{text("picker.clearFilters")}</Button>}
        />
      ) : (
        <CandidateTable people={shown} selected={selected} onTick={tick} withChoices={withChoices} />
      )}
      {pager}
      <div
        data-sticky-footer
        className="sticky bottom-0 z-10 mt-4 flex flex-wrap items-center justify-between gap-3 rounded-t-xl border border-line bg-surface px-4 py-3 shadow-[0_-4px_12px_rgb(0_0_0/0.08)]"
      >
        <output className="text-sm font-medium tabular-nums">
          {text("picker.count", { selected: selected.size, total: candidates.people.length })}
        </output>
        <div className="flex flex-wrap items-center gap-2">{footer}</div>
      </div>
    </div>
  );
}

function Refresh({
  fetchedAt,
  refresh,
}: Pick<Candidates, "fetchedAt"> & Pick<CandidatePickerProps, "refresh">) {
  const text = useText();
  const formats = useFormats();
  return (
    <div className="my-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-quiet">
      <span title={formats.instantInFull(fetchedAt)}>
        {text("picker.fetchedAt", { when: formats.inWords(fetchedAt) })}
      </span>
      <Button look="quiet" isPending={refresh.isPending} onPress={() => refresh.mutate()}>
        {!refresh.isPending && <RefreshCw className="size-4" aria-hidden />}
        {text("picker.refresh")}
      </Button>
      {refresh.isError && <ProblemNotice error={refresh.error} className="basis-full" />}
    </div>
  );
}
