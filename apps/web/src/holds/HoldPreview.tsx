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
import { PagePart } from "../ui/Page.tsx";

/** The list to choose from is not fetched here: people who are not in Payflip yet are shown with their Liantis ID. */
const noNames: KnownWorkers = new Map();

interface HoldPreviewProps {
  readonly holdId: Hold["id"];
  readonly previewId: string;
  readonly onPreview: (previewId: string) => void;
  readonly onBack: () => void;
}

/** The preview of a held run, and the button that accepts it. */
export function HoldPreview({ holdId, previewId, onPreview, onBack }: HoldPreviewProps) {
  const text = useText();
  const queryClient = useQueryClient();
  const [runId, setRunId] = useState<string>();
  const accept = async () => {
    const { hold, runId: started } = await call("acceptHold", { params: { id: holdId } });
    return { runId: started ?? hold.runId };
  };
  return (
    <PagePart id="hold-preview" title={text("hold.preview.title")} description={text("hold.preview.intro")}>
      {runId === undefined ? (
        <PreviewReview
          previewId={previewId}
          workers={noNames}
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
    </PagePart>
  );
}
