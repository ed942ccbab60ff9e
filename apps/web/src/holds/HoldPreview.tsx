import type { Hold } from "@payflip/contract/holds.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { shownByRuns } from "../api/shown-by-runs.ts";
import type { KnownWorkers } from "../previews/useKnownWorkers.ts";
import { useText } from "../intl/messages.ts";
import { PreviewReview } from "../previews/PreviewReview.tsx";
import { StartedRun } from "../runs/StartedRun.tsx";
import { Button } from "../ui/Button.tsx";

/** Whoever is not in Payflip yet is named by their number: the list to choose from is not fetched for this. */
const nobody: KnownWorkers = new Map();

interface HoldPreviewProps {
  readonly holdId: Hold["id"];
  readonly previewId: string;
  readonly onPreview: (previewId: string) => void;
  readonly onBack: () => void;
}

/** What accepting a held run would do, and accepting it. */
export function HoldPreview({ holdId, previewId, onPreview, onBack }: HoldPreviewProps) {
  const text = useText();
  const queryClient = useQueryClient();
  const [runId, setRunId] = useState<string>();
  const accept = async () => {
    const { hold, runId: started } = await call("acceptHold", { params: { id: holdId } });
    return { runId: started ?? hold.runId };
  };
  return (
    <section aria-labelledby="hold-preview" className="space-y-5">
      <div>
        <h2 id="hold-preview" className="text-lg font-semibold">
          {text("hold.preview.title")}
        </h2>
        <p className="max-w-prose text-sm text-quiet">{text("hold.preview.intro")}</p>
      </div>
      {runId === undefined ? (
        <PreviewReview
          previewId={previewId}
          workers={nobody}
          confirmLabel={() => text("hold.accept")}
          confirm={accept}
          onConfirmed={(started) => {
            setRunId(started.runId);
            void invalidate(queryClient, shownByRuns);
          }}
          onReplaced={onPreview}
          onBack={onBack}
        />
      ) : (
        <>
          <StartedRun runId={runId} />
          <Button onPress={onBack}>{text("wizard.back")}</Button>
        </>
      )}
    </section>
  );
}
