import { isLiantisFault } from "../liantis/faults.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import type { RunJob } from "../runs/run-queue.ts";
import { RunLost, takeRun } from "../runs/take-run.sql.ts";
import { applyListing } from "./apply.ts";
import { guardConfirmedPreview } from "./confirmed-preview.ts";
import { rereadRun, enterPhase, instant, type SyncEngine, syncTransaction } from "./engine.ts";
import { fetchListing } from "./fetch.ts";
import { guardListing } from "./guard-listing.ts";
import { runPerson } from "./person-run.ts";
import { endPreviewWithout, runPreview } from "./preview-run.ts";
import { endByFault, endCancelled, endIncomplete, endReported, type RunEnd } from "./report.ts";
import { readRunBasis, type RunBasis } from "./run-basis.ts";

/**
 * The life of a run: taken → fetch → plan and guard → apply → report. Every step commits its progress with its writes, so that
 * another process can continue; a process that lost the run stops at its next write. Trouble at the provider ends the run.
 */
export async function runSync(engine: SyncEngine, job: RunJob, signal: AbortSignal): Promise<RunEnd> {
  const run = await syncTransaction(engine, job.customerId, (trx) => takeRun(trx, job, instant(engine)));
  if (!run) return { kind: "over" };
  try {
    return await runByKind(engine, run, signal).catch((error: unknown) => endFaulty(engine, run, error));
  } catch (error) {
    if (error instanceof RunLost) return { kind: "over" };
    throw error;
  }
}

async function runByKind(engine: SyncEngine, run: StoredRun, signal: AbortSignal): Promise<RunEnd> {
  const basis = await readRunBasis(engine, run);
  if (basis === null) return await endCancelled(engine, run);
  if (run.kind === "preview") return await runPreview(engine, run, basis, signal);
  if (run.kind === "person") return await runPerson(engine, run, basis, signal);
  if (run.kind === "full_listing") return await runListing(engine, run, basis, signal);
  throw new Error(`run ${run.runId} is an undo, which ends in the transaction that inserts it`);
}

async function runListing(
  engine: SyncEngine,
  taken: StoredRun,
  basis: RunBasis,
  signal: AbortSignal,
): Promise<RunEnd> {
  let run = taken;
  if (run.phase === "fetch") {
    const fetched = await fetchListing(engine, run, basis, signal);
    if (fetched.kind === "incomplete") return await endIncomplete(engine, fetched.run);
    run = await enterPhase(engine, fetched.run, "plan");
  }
  if (run.phase === "plan" || run.phase === "guard") {
    const guard = basis.preview === null ? guardListing : guardConfirmedPreview;
    const guarded = await guard(engine, run, basis);
    if (guarded.kind === "ended") return guarded.end;
    run = guarded.run;
  }
  if (run.phase === "apply") {
    run = await applyListing(engine, run, basis.policy, signal);
    run = await enterPhase(engine, run, "report");
  }
  return await endReported(engine, run);
}

async function endFaulty(engine: SyncEngine, run: StoredRun, error: unknown): Promise<RunEnd> {
  if (!isLiantisFault(error)) throw error;
  const current = await rereadRun(engine, run);
  if (run.kind !== "preview") return await endByFault(engine, current, error);
  return await endPreviewWithout(engine, current, { verdict: "failed", fault: error });
}
