import type { Candidate } from "@payflip/contract/candidates.ts";
import { type ReactNode, useMemo, useState } from "react";
import { useText } from "../intl/messages.ts";
import { useStartPreview } from "../previews/usePreviews.ts";
import { Button } from "../ui/Button.tsx";
import { LoadProblem } from "../ui/Loaded.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { CandidatePicker } from "./CandidatePicker.tsx";
import { storedSelection, storeSelection } from "./stored-selection.ts";
import { useCandidates } from "./useCandidates.ts";

interface WorkerPickerProps {
  readonly entityId: string;
  /** The people selected at first. */
  readonly isPreselected: (person: Candidate) => boolean;
  readonly back: ReactNode;
  /** The preview for the selected people was started. */
  readonly onPreview: (previewId: string) => void;
}

/** Chooses the people of selective mode. */
export function WorkerPicker({ entityId, isPreselected, back, onPreview }: WorkerPickerProps) {
  const text = useText();
  const { data, error, refetch, refresh } = useCandidates(entityId);
  const [chosen, setChosen] = useState(() => storedSelection(entityId));
  const start = useStartPreview(entityId);
  const selected = useMemo((): ReadonlySet<string> => {
    const people = data?.people ?? [];
    const wanted = chosen === undefined ? undefined : new Set(chosen);
    return new Set(
      people
        .filter((person) => wanted?.has(person.workerId) ?? isPreselected(person))
        .map(({ workerId }) => workerId),
    );
  }, [data, chosen, isPreselected]);
  if (error && data === undefined) {
    return <LoadProblem query={{ error, refetch }} actions={back} />;
  }
  if (data === undefined) return <SkeletonBlock label={text("picker.loading")} lines={8} />;
  const next = () => {
    storeSelection(entityId, selected);
    start.mutate(
      { mode: "selective", workerIds: [...selected] },
      { onSuccess: ({ previewId }) => onPreview(previewId) },
    );
  };
  return (
    <>
      <p className="text-sm text-quiet">{text("picker.next.hint")}</p>
      <CandidatePicker
        candidates={data}
        refresh={refresh}
        selected={selected}
        onSelect={(changed) => {
          setChosen([...changed]);
          storeSelection(entityId, changed);
        }}
        withChoices={false}
        footer={
          <>
            {back}
            <Button
              look="primary"
              isDisabled={selected.size === 0}
              isPending={start.isPending}
              onPress={next}
            >
              {text("picker.next", { count: selected.size })}
            </Button>
          </>
        }
      />
      {start.isError && <ProblemNotice error={start.error} />}
    </>
  );
}
