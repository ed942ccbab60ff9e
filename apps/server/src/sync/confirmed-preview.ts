import { confirmChoices } from "../choices/choices.sql.ts";
import { endCandidateList } from "../connection/candidates.sql.ts";
import { moveConnection } from "../connection/connections.sql.ts";
import { countsWhenHeld } from "../domain/plan/counts.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { previewMs } from "../preview/order-preview.ts";
import {
  completePreview,
  insertPreview,
  markConfirmed,
  markDifferences,
  type StoredPreview,
} from "../preview/previews.sql.ts";
import { cancelRunsOfUnchosen } from "../runs/cancel-run.sql.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import { dropStaged } from "../runs/staging.sql.ts";
import { finishRun, RunLost } from "../runs/take-run.sql.ts";
import { instant, type SyncEngine, syncTransaction } from "./engine.ts";
import { enterApply, type Guarded } from "./guard-listing.ts";
import { draftPreview, previewKey } from "./preview-draft.ts";
import type { RunEnd } from "./report.ts";
import type { RunBasis } from "./run-basis.ts";
import { type WeighedListing, weighListing } from "./weigh-listing.ts";

/**
 * The guard of a run that carries a confirmed preview out. The admin saw what the guard says: the run passes if everything is
 * as the preview showed it, and otherwise applies nothing.
 */
export async function guardConfirmedPreview(
  engine: SyncEngine,
  planned: StoredRun,
  basis: RunBasis,
): Promise<Guarded> {
  const { preview, connection } = basis;
  if (preview === null) throw new Error("there is no confirmed preview to carry out");
  const weighed = await weighListing(engine, planned, basis);
  const { hash } = await draftPreview(engine, weighed, basis, { isStored: false });
  if (hash !== preview.hash)
    return { kind: "ended", end: await endOutdated(engine, weighed, basis, preview) };
  const run = await syncTransaction(engine, planned.customerId, async (trx) => {
    const now = instant(engine);
    await activateConfirmedPreview(trx, weighed.run, preview, {
      wasSelective: connection.confirming?.modeBefore === "selective",
      now,
    });
    return await enterApply(trx, weighed, now);
  });
  return { kind: "passed", run };
}

/**
 * Activates the mode and the choices, in the transaction in which the run enters its apply phase.
 * @throws RunLost when the connection was switched off meanwhile
 */
async function activateConfirmedPreview(
  trx: TenantTransaction,
  run: StoredRun,
  preview: StoredPreview,
  { wasSelective, now }: { wasSelective: boolean; now: string },
): Promise<void> {
  const { customerId, entityId } = run;
  const { mode, workerIds, requestedBy } = preview;
  if (mode === "selective") {
    const deciding = { customerId, entityId, decidedAt: now, decidedBy: requestedBy };
    await confirmChoices(trx, deciding, { workerIds, wasSelective });
    // A check of a person who is not in scope any more must not write.
    await cancelRunsOfUnchosen(trx, run, now);
  }
  await endCandidateList(trx, run);
  const move = { fromStates: ["active"], nextState: "active", mode, now, confirming: null } as const;
  if (!(await moveConnection(trx, customerId, entityId, move))) throw new RunLost(run.runId);
}

/**
 * Something is different from what the preview showed. The connection is again as it was before the confirmation, and the run
 * becomes a preview of the difference, which can be confirmed too.
 */
async function endOutdated(
  engine: SyncEngine,
  weighed: WeighedListing,
  basis: RunBasis,
  outdated: StoredPreview,
): Promise<RunEnd> {
  const { confirming } = basis.connection;
  if (!confirming) throw new Error("only a confirmed preview can be outdated");
  const { run } = weighed;
  const { customerId, entityId } = run;
  const madeAt = engine.now();
  const now = instant(engine);
  const key = previewKey(run);
  await syncTransaction(engine, customerId, (trx) =>
    insertPreview(trx, {
      ...key,
      mode: outdated.mode,
      workerIds: outdated.workerIds,
      differsFrom: outdated.previewId,
      now,
      expiresAt: new Date(madeAt + previewMs).toISOString(),
      requestedBy: outdated.requestedBy,
    }),
  );
  const draft = await draftPreview(engine, weighed, basis, { isStored: true });
  await syncTransaction(engine, customerId, async (trx) => {
    await completePreview(trx, key, draft);
    await markDifferences(trx, key, outdated.previewId);
    await markConfirmed(trx, customerId, outdated.previewId, null);
    const stateBefore = confirming.stateBefore;
    await moveConnection(trx, customerId, entityId, {
      fromStates: ["active"],
      nextState: stateBefore,
      mode: confirming.modeBefore,
      now,
      confirming: null,
      ...(stateBefore === "choosing" ? { activatedAt: null } : {}),
    });
    await dropStaged(trx, run);
    const counts = countsWhenHeld(draft.counts);
    await finishRun(trx, draft.run, { verdict: "held", counts, now, errorCode: "PREVIEW_OUTDATED" });
  });
  return { kind: "ended", verdict: "held", code: "PREVIEW_OUTDATED", pausedConnection: false };
}
