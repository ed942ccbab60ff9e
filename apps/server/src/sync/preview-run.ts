import type { RunVerdict } from "@payflip/contract/syncs.ts";
import type { LiantisFault } from "../liantis/faults.ts";
import { completePreview, markDifferences } from "../preview/previews.sql.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import { dropStaged } from "../runs/staging.sql.ts";
import { finishRun } from "../runs/take-run.sql.ts";
import { enterPhase, instant, type SyncEngine, syncTransaction } from "./engine.ts";
import { fetchListing } from "./fetch.ts";
import { draftPreview, type PreviewDraft, previewKey } from "./preview-draft.ts";
import { issueOfFault, type RunEnd } from "./report.ts";
import type { RunBasis } from "./run-basis.ts";
import { weighListing } from "./weigh-listing.ts";

/** Carries out a run of kind `preview`: fetch → plan and guard, and then the result is stored instead of applied. */
export async function runPreview(
  engine: SyncEngine,
  taken: StoredRun,
  basis: RunBasis,
  signal: AbortSignal,
): Promise<RunEnd> {
  let run = taken;
  if (run.phase === "fetch") {
    const fetched = await fetchListing(engine, run, basis, signal);
    if (fetched.kind === "incomplete")
      return await endPreviewWithout(engine, fetched.run, { verdict: "incomplete" });
    run = await enterPhase(engine, fetched.run, "plan");
  }
  const weighed = await weighListing(engine, run, basis);
  const draft = await draftPreview(engine, weighed, basis, { isStored: true });
  return await endPreview(engine, draft, basis.preview?.differsFrom ?? null);
}

/** No mail and no task follows a preview. */
async function endPreview(
  engine: SyncEngine,
  draft: PreviewDraft,
  differsFrom: string | null,
): Promise<RunEnd> {
  const now = instant(engine);
  const { run, counts, hash } = draft;
  const { customerId, runId } = run;
  await syncTransaction(engine, customerId, async (trx) => {
    await completePreview(trx, previewKey(run), draft);
    if (differsFrom !== null) await markDifferences(trx, previewKey(run), differsFrom);
    await dropStaged(trx, run);
    await finishRun(trx, run, { verdict: verdictOf(draft), counts, now });
  });
  engine.logger.info({ runId, customerId, hash }, "preview made");
  return { kind: "over" };
}

/** The run ends without a preview, and opens no issue about the connection. */
export async function endPreviewWithout(
  engine: SyncEngine,
  run: StoredRun,
  cause: { verdict: "failed"; fault: LiantisFault } | { verdict: "incomplete" },
): Promise<RunEnd> {
  const errorCode = cause.verdict === "failed" ? issueOfFault(cause.fault) : "LISTING_INCOMPLETE";
  await syncTransaction(engine, run.customerId, async (trx) => {
    await dropStaged(trx, run);
    await finishRun(trx, run, {
      verdict: cause.verdict,
      counts: { ...run.counts, fetched: run.done },
      now: instant(engine),
      errorCode,
    });
  });
  return { kind: "over" };
}

/** How a run that carries the preview out would end. */
function verdictOf({ reasons, needsAttention }: PreviewDraft): RunVerdict {
  if (reasons.length > 0) return "held";
  return needsAttention ? "needs_attention" : "in_order";
}
