import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { previewQuery } from "../api/decision-queries.ts";
import { storeSelection } from "../choices/stored-selection.ts";
import { useKnownWorkers } from "../previews/useKnownWorkers.ts";
import { useText } from "../intl/messages.ts";
import { peopleInScope, PreviewReview } from "../previews/PreviewReview.tsx";
import { useOvertaking } from "../previews/usePreviews.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import type { ScreenProps } from "./screen.ts";

/** What the first sync would do, person by person, before anything is written. */
export function ReviewStep({ entity, onGo }: ScreenProps) {
  const text = useText();
  const queryClient = useQueryClient();
  const { preview: previewId = "" } = useSearch({
    from: "/account/settings/integrations/liantis/activate",
  });
  const { data: preview } = useQuery({ ...previewQuery(previewId), enabled: previewId !== "" });
  const workers = useKnownWorkers(entity.id);
  const newer = useOvertaking(entity.id, preview);
  useEffect(() => {
    if (newer !== undefined) onGo("review", newer);
  }, [newer, onGo]);
  const back = () => onGo(preview?.mode === "selective" ? "picker" : undefined);
  if (previewId === "") {
    return (
      <Notice
        tone="warning"
        title={text("review.noPreview")}
        actions={<Button onPress={back}>{text("wizard.back")}</Button>}
      >
        <p>{text("review.noPreview.why")}</p>
      </Notice>
    );
  }
  return (
    <PreviewReview
      previewId={previewId}
      workers={workers}
      confirmLabel={(ready) => text("review.confirm", { count: peopleInScope(ready) })}
      confirm={(previewHash, mode) =>
        call("confirmActivation", { params: { id: entity.id }, body: { mode, previewHash } })
      }
      onConfirmed={() => {
        storeSelection(entity.id, undefined);
        void invalidate(queryClient, "readConnection", { id: entity.id });
      }}
      onReplaced={(replacing) => onGo("review", replacing)}
      onBack={back}
    />
  );
}
