import { createHmac } from "node:crypto";
import { cancelRunsOfUnchosen } from "../runs/begun-runs.sql.ts";
import { endCandidateList } from "../connection/candidates.sql.ts";
import { confirmChoices } from "../choices/choices.sql.ts";
import { moveConnection } from "../connection/connections.sql.ts";
import { insertAbsentOperations } from "./hold-people.sql.ts";
import {
  completePreview,
  dropOperations,
  insertOperations,
  insertPreview,
  markConfirmed,
  markDifferences,
  type Preview,
  type PreviewOperation,
  type Why,
} from "../preview/previews.sql.ts";
import { checkpoint, finishRun, type Run, RunLost } from "../runs/runs.sql.ts";
import type { RunVerdict } from "../postgres/rows/runs.ts";
import { dropStaged, unreadableListed } from "../runs/staging.sql.ts";
import type { SyncConnection } from "../connection/sync-connection.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { insertUnchosenOperations, unchosenFigures } from "./unchosen.sql.ts";
import { countsWhenHeld, type RunCounts } from "../domain/plan/counts.ts";
import { limitsOf } from "../domain/guards/hold-texts.ts";
import type { PlannedField } from "../domain/guards/hold-types.ts";
import { issueSeverity } from "../domain/catalogue/issue-catalogue.ts";
import type { PersonPlan } from "../domain/plan/plan-types.ts";
import type { LiantisFault } from "../liantis/faults.ts";
import { previewMs } from "../preview/order-preview.ts";
import { instant, type SyncEngine, syncTransaction } from "./engine.ts";
import type { GuardedRun } from "./guard.ts";
import { keyedHash, planHash } from "./plan-hash.ts";
import { issueOfFault, type RunEnd } from "./report.ts";
import type { RunPurpose } from "./scope.ts";
import { type PlannedPerson, writesOf } from "./writes.ts";

/** What a preview is made of: a listing that was weighed, and the walk over everybody's plan. */
export interface Rehearsed {
  run: Run;
  purpose: RunPurpose;
  weighed: GuardedRun;
  /** Plans everybody batch by batch, writes nothing, and answers the counts. */
  rehearse: (visit: (batch: PlannedPerson[]) => Promise<void>) => Promise<RunCounts>;
}

interface Drafted {
  run: Run;
  hash: string;
  counts: RunCounts;
  released: number;
  reasons: { code: string; params: Record<string, string> }[];
  needsAttention: boolean;
}

/** The end of a preview: what would be written stands in it, and nothing was written. */
export async function endPreview(engine: SyncEngine, of: Rehearsed): Promise<RunEnd> {
  const { preview } = of.purpose;
  if (!preview) return { kind: "over" };
  const drafted = await draft(engine, of, { keep: true });
  const at = instant(engine);
  const { counts, hash } = drafted;
  await syncTransaction(engine, of.run.customerId, async (trx) => {
    const key = keyOf(of.run);
    await completePreview(trx, key, drafted);
    if (preview.differs_from !== null) await markDifferences(trx, key, preview.differs_from);
    await dropStaged(trx, of.run);
    await finishRun(trx, drafted.run, { verdict: verdictOf(drafted), counts, at });
  });
  engine.logger.info({ runId: of.run.runId, customerId: of.run.customerId, hash }, "preview made");
  // Nothing follows: no mail, no task.
  return { kind: "over" };
}

/** Trouble, or a listing that contradicts itself: there is no preview, and nothing is said about the connection. */
export async function endPreviewWithout(
  engine: SyncEngine,
  run: Run,
  cause: { verdict: "failed"; fault: LiantisFault } | { verdict: "incomplete" },
): Promise<RunEnd> {
  const errorCode = cause.verdict === "failed" ? issueOfFault(cause.fault) : "LISTING_INCOMPLETE";
  await syncTransaction(engine, run.customerId, async (trx) => {
    await dropStaged(trx, run);
    await finishRun(trx, run, {
      verdict: cause.verdict,
      counts: { ...run.counts, fetched: run.done },
      at: instant(engine),
      errorCode,
    });
  });
  return { kind: "over" };
}

/** Whether everything is still as the confirmed preview showed it. */
export async function isAsConfirmed(engine: SyncEngine, of: Rehearsed): Promise<boolean> {
  const { hash } = await draft(engine, of, { keep: false });
  return hash === of.purpose.preview?.hash;
}

/**
 * Puts what was confirmed in force, in the transaction in which the run begins to write: the mode, and who is chosen.
 * @throws RunLost when the connection was switched off meanwhile
 */
export async function putInForce(
  trx: TenantTransaction,
  run: Run,
  preview: Preview,
  { connection, at }: { connection: SyncConnection; at: string },
): Promise<void> {
  const { customerId, entityId } = run;
  const { mode, worker_ids: workerIds, requested_by: by } = preview;
  if (mode === "selective") {
    const wasSelective = connection.confirming?.modeBefore === "selective";
    await confirmChoices(trx, { customerId, entityId, at, by }, { workerIds, wasSelective });
    // A check of somebody who is not in scope any more must not write them.
    await cancelRunsOfUnchosen(trx, { customerId, entityId }, at);
  }
  await endCandidateList(trx, run);
  const move = { from: ["active"], to: "active", mode, at, confirming: null } as const;
  if (!(await moveConnection(trx, customerId, entityId, move))) throw new RunLost(run.runId);
}

/**
 * The source moved since the preview: nothing is applied, the connection is as it was before the confirmation, and the run itself
 * becomes the preview of the difference, which can be confirmed in its turn.
 */
export async function endOutdated(
  engine: SyncEngine,
  of: Rehearsed,
  { confirming }: SyncConnection,
): Promise<RunEnd> {
  const { run } = of;
  const { preview } = of.purpose;
  if (!preview || !confirming) throw new Error("only a confirmed preview can be outdated");
  const { customerId, entityId } = run;
  const made = engine.now();
  const at = instant(engine);
  const key = keyOf(run);
  await syncTransaction(engine, customerId, (trx) =>
    insertPreview(trx, {
      ...key,
      mode: preview.mode,
      workerIds: preview.worker_ids,
      differsFrom: preview.preview_id,
      at,
      expiresAt: new Date(made + previewMs).toISOString(),
      requestedBy: preview.requested_by,
    }),
  );
  const drafted = await draft(engine, of, { keep: true });
  await syncTransaction(engine, customerId, async (trx) => {
    await completePreview(trx, key, drafted);
    await markDifferences(trx, key, preview.preview_id);
    await markConfirmed(trx, customerId, preview.preview_id, null);
    const { from: to, modeBefore: mode } = confirming;
    const activation = to === "choosing" ? { activatedAt: null } : {};
    await moveConnection(trx, customerId, entityId, {
      from: ["active"],
      to,
      mode,
      at,
      confirming: null,
      ...activation,
    });
    await dropStaged(trx, run);
    const counts = countsWhenHeld(drafted.counts);
    await finishRun(trx, drafted.run, { verdict: "held", counts, at, errorCode: "PREVIEW_OUTDATED" });
  });
  return { kind: "ended", verdict: "held", code: "PREVIEW_OUTDATED", pausedConnection: false };
}

/**
 * Plans everybody and sums it up in one hash: the mode and the people asked for, what the guard says, who would only be counted,
 * and everybody's plan. Only what stays as it is takes no part. @param keep whether it is stored under the run's id
 */
async function draft(
  engine: SyncEngine,
  { run: from, purpose, weighed, rehearse }: Rehearsed,
  { keep }: { keep: boolean },
): Promise<Drafted> {
  let run = from;
  const { customerId } = run;
  const at = instant(engine);
  const sum = createHmac("sha256", engine.planKey);
  const reasons =
    weighed.verdict.kind === "hold" ? weighed.verdict.holds.flatMap((hold) => hold.reasons) : [];
  const aside = await syncTransaction(engine, customerId, (trx) =>
    setAside(engine, trx, { run, purpose, at, keep }),
  );
  const { preview } = purpose;
  const asked = [preview?.mode, preview?.worker_ids];
  sum.update(
    JSON.stringify([asked, weighed.fingerprint, weighed.absent, reasons, aside.unchosen, aside.unreadable]),
  );
  let needsAttention = false;
  const planned = await rehearse(async (batch) => {
    const operations = batch
      .map((one) => operationOf(engine, one))
      .filter(({ bucket }) => bucket !== "unchanged");
    for (const one of operations) sum.update(`${one.workerId}\n${one.bucket}\n`).update(one.planHash);
    needsAttention ||= batch.some(({ plan }) => plan.issues.some(isTrouble));
    if (!keep) return;
    const done = run.done + batch.length;
    run = await syncTransaction(engine, customerId, async (trx) => {
      await insertOperations(trx, keyOf(run), operations);
      return await checkpoint(trx, run, { done });
    });
  });
  const counts = { ...planned, absent: weighed.absent };
  sum.update(JSON.stringify(counts));
  needsAttention ||= counts.failed > 0 || counts.held > 0;
  return { run, hash: sum.digest("hex"), counts, released: aside.unchosen.released, reasons, needsAttention };
}

/** Those who need no plan: who is not chosen, and whose record cannot be read. */
async function setAside(
  engine: SyncEngine,
  trx: TenantTransaction,
  { run, purpose, at, keep }: { run: Run; purpose: RunPurpose; at: string; keep: boolean },
) {
  const unchosen = await unchosenFigures(trx, run, purpose.scope, at);
  const { unreadableWorkerIds: unreadable, unreadableNameless } = await unreadableListed(trx, run);
  if (keep) {
    const hashed = (bucket: string) => keyedHash(engine.planKey, bucket);
    // An attempt before this one may have died over it.
    await dropOperations(trx, run.customerId, run.runId);
    const hashes = { at, waiting: hashed("waiting"), excluded: hashed("excluded") };
    await insertUnchosenOperations(trx, run, purpose.scope, hashes);
    await insertAbsentOperations(trx, run, hashed("absent"));
    await insertOperations(
      trx,
      keyOf(run),
      unreadable.map((workerId) => ({
        workerId,
        bucket: "failed",
        employeeId: null,
        planHash: hashed("unreadable"),
        fields: null,
        why: unreadableWhy,
      })),
    );
  }
  return { unchosen, unreadable: [...unreadable, unreadableNameless] };
}

/** Values are kept of linked people only: exactly the changes that applying would record. */
function operationOf(engine: SyncEngine, planned: PlannedPerson): PreviewOperation {
  const { person, plan } = planned;
  const isLinked = person.facts.target.kind === "linked";
  return {
    workerId: plan.workerId,
    bucket: plan.bucket,
    employeeId: plan.employeeId,
    planHash: planHash(engine.planKey, plan),
    fields: isLinked ? writesOf([planned], 1).changes.flatMap(plannedFields) : null,
    why: plan.bucket === "held" || plan.bucket === "failed" ? whyOf(plan, isLinked) : null,
  };
}

/** Whose record says nothing but its id. */
const unreadableWhy: Why = {
  issues: [{ code: "PAYLOAD_INVALID", variant: null, params: { reason: "record" } }],
  reasons: [],
};

/** Of people who are not linked only what is wrong, and nothing of what they are. */
function whyOf({ issues, holds }: PersonPlan, isLinked: boolean): Why {
  return {
    issues: issues.filter(isTrouble).map(({ code, contractId, params }) => ({
      code,
      // Which kind of fault a wage has says something of the wage.
      variant: contractId === null ? (params["reason"] ?? null) : null,
      params: isLinked ? params : null,
    })),
    reasons: holds
      .flatMap((hold) => hold.reasons)
      .map(({ code, params }) => ({ code, params: isLinked ? params : limitsOf(params) })),
  };
}

function plannedFields({
  contractId,
  fields,
}: {
  contractId: string | null;
  fields: string;
}): PlannedField[] {
  const changed = JSON.parse(fields) as Record<string, [before: string | null, after: string | null]>;
  return Object.entries(changed).map(([field, [before, after]]) => ({ contractId, field, before, after }));
}

function isTrouble({ code, params }: PlannedPerson["plan"]["issues"][number]): boolean {
  return issueSeverity(code, params) !== "notice";
}

/** How the run would end that carries it out. */
function verdictOf({ reasons, needsAttention }: Drafted): RunVerdict {
  if (reasons.length > 0) return "held";
  return needsAttention ? "needs_attention" : "in_order";
}

function keyOf({ customerId, entityId, runId }: Run) {
  return { customerId, entityId, previewId: runId };
}
