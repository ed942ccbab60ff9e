import type { Mode } from "@payflip/contract/connection.ts";
import type { Preview } from "@payflip/contract/previews.ts";
import type { RunStarted } from "@payflip/contract/syncs.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiProblem } from "../api/problem.ts";
import { previewQuery } from "../api/decision-queries.ts";
import type { KnownWorkers } from "./useKnownWorkers.ts";
import { useText } from "../intl/messages.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Section } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { ProgressLine } from "../ui/ProgressLine.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { PreviewDifference } from "./PreviewDifference.tsx";
import { PreviewPanel } from "./PreviewPanel.tsx";

interface PreviewReviewProps {
  readonly previewId: string;
  readonly workers: KnownWorkers;
  readonly confirmLabel: (preview: Preview) => string;
  /** Confirms the plan with this hash. */
  readonly confirm: (hash: string, mode: Mode) => Promise<RunStarted>;
  readonly onConfirmed: (started: RunStarted) => void;
  /** Liantis changed: this preview replaces the confirmed one. */
  readonly onReplaced: (previewId: string) => void;
  readonly onBack: () => void;
}

/** What would happen, and the button that confirms it. */
export function PreviewReview(props: PreviewReviewProps) {
  const { previewId, onBack } = props;
  const text = useText();
  const { data: preview, error } = useQuery(previewQuery(previewId));
  const back = <Button onPress={onBack}>{text("wizard.back")}</Button>;
  if (error && preview === undefined) return <ProblemNotice error={error} actions={back} />;
  if (preview === undefined) return <SkeletonBlock label={text("state.loading")} />;
  if (preview.status === "failed") {
    return (
      <Notice tone="danger" role="alert" title={preview.error?.cause} actions={back}>
        {preview.error !== null && <p>{preview.error.remedy}</p>}
      </Notice>
    );
  }
  if (preview.status !== "ready") return <Making preview={preview} />;
  return <Ready {...props} key={preview.id} preview={preview} />;
}

function Making({ preview: { status, progress } }: { readonly preview: Preview }) {
  const text = useText();
  const { done, total } = progress;
  const label =
    status === "queued"
      ? text("progress.queued")
      : total === null
        ? text("progress.processed", { done })
        : text("progress.processedOf", { done, total });
  return (
    <Section id="making" title={text("preview.making")} description={text("preview.making.hint")}>
      <ProgressLine label={label} done={done} total={status === "queued" ? null : total} />
    </Section>
  );
}

function Ready(props: PreviewReviewProps & { readonly preview: Preview }) {
  const { preview, workers, confirmLabel, confirm, onConfirmed, onReplaced, onBack } = props;
  const text = useText();
  const confirmation = useMutation({
    mutationFn: () => confirm(preview.hash ?? "", preview.mode),
    onSuccess: onConfirmed,
    onError: (error) => {
      const newer = newerPreview(error);
      if (newer !== undefined) onReplaced(newer);
    },
  });
  const isOutdated = newerPreview(confirmation.error) !== undefined;
  return (
    <>
      <output className="sr-only">{text("preview.ready")}</output>
      {preview.differsFrom !== null && <PreviewDifference previewId={preview.id} workers={workers} />}
      <PreviewPanel preview={preview} workers={workers} />
      <Effects preview={preview} />
      {confirmation.isError && !isOutdated && <ProblemNotice error={confirmation.error} />}
      <div className="flex flex-wrap justify-between gap-2">
        <Button onPress={onBack}>{text("wizard.back")}</Button>
        <Button
          look="primary"
          isPending={confirmation.isPending || confirmation.isSuccess}
          onPress={() => confirmation.mutate()}
        >
          {confirmLabel(preview)}
        </Button>
      </div>
    </>
  );
}

function Effects({ preview }: { readonly preview: Preview }): ReactNode {
  const text = useText();
  return (
    <Notice title={text("review.effect.title")}>
      <ul className="list-disc space-y-1 pl-4">
        <li>{text("review.effect.match")}</li>
        <li>{text("review.effect.noMail")}</li>
        <li>{text("review.effect.billing", { count: preview.counts.created })}</li>
      </ul>
    </Notice>
  );
}

/** The preview that replaces an outdated one, from the problem PREVIEW_OUTDATED. */
function newerPreview(error: unknown): string | undefined {
  if (!(error instanceof ApiProblem) || error.code !== "PREVIEW_OUTDATED") return undefined;
  return error.problem.previewId ?? undefined;
}

/** How many people would be synced. */
export function peopleInScope({ counts: { fetched, waiting, excluded } }: Preview): number {
  return fetched - waiting - excluded;
}
