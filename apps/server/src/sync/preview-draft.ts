import { createHmac } from "node:crypto";
import type { ListingScope } from "../choices/choices.sql.ts";
import { issueSeverity } from "../domain/catalogue/issue-catalogue.ts";
import { limitsOf } from "../domain/guards/hold-limits.ts";
import type { PlannedField } from "../domain/guards/hold-types.ts";
import type { RunCounts } from "../domain/plan/counts.ts";
import type { PersonPlan } from "../domain/plan/plan-types.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import {
  dropOperations,
  insertOperations,
  type StoredPreview,
  type StoredOperation,
  type Why,
} from "../preview/previews.sql.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import { type UnreadableListed, findUnreadable } from "../runs/staging.sql.ts";
import { checkpoint } from "../runs/take-run.sql.ts";
import { instant, type SyncEngine, syncTransaction } from "./engine.ts";
import { insertAbsentOperations } from "./hold-people.sql.ts";
import { keyedHash, planHash } from "../preview/plan-hash.ts";
import { rehearse } from "./rehearse.ts";
import type { RunBasis } from "./run-basis.ts";
import { insertUnchosenOperations, type UnchosenFigures, findUnchosenFigures } from "./unchosen.sql.ts";
import type { WeighedListing } from "./weigh-listing.ts";
import { type PlannedPerson, writesOf } from "./writes.ts";

/** What a preview shows, summed up. */
export interface PreviewDraft {
  run: StoredRun;
  /** Equal for two drafts exactly if both would do the same. */
  hash: string;
  counts: RunCounts;
  /** Linked people who would not be updated any more. */
  released: number;
  /** Why the guard would hold the run. */
  reasons: { code: string; params: Record<string, string> }[];
  needsAttention: boolean;
}

/**
 * Plans everybody and sums it up in one hash: the mode and the people asked for, what the guard says, who would only be
 * counted, and the plan of everybody who would not stay unchanged.
 * @param isStored whether the operations are stored under the run's id
 */
export async function draftPreview(
  engine: SyncEngine,
  weighed: WeighedListing,
  basis: RunBasis,
  { isStored }: { isStored: boolean },
): Promise<PreviewDraft> {
  let { run } = weighed;
  const { customerId } = run;
  const unplanned = await syncTransaction(engine, customerId, async (trx) => {
    const now = instant(engine);
    const gathered = await gatherUnplanned(trx, run, basis.scope, now);
    if (isStored) await recordUnplanned(trx, engine.planKey, run, { ...gathered, scope: basis.scope, now });
    return gathered;
  });
  const reasons = reasonsOf(weighed);
  const sum = createHmac("sha256", engine.planKey);
  sum.update(hashedBeforePlans(weighed, basis.preview, unplanned));
  let needsAttention = false;
  const planned = await rehearse(engine, weighed, basis.policy, async (batch) => {
    const operations = batch
      .map((person) => operationOf(engine.planKey, person))
      .filter(({ bucket }) => bucket !== "unchanged");
    for (const one of operations) sum.update(`${one.workerId}\n${one.bucket}\n`).update(one.planHash);
    needsAttention ||= batch.some(({ plan }) => plan.issues.some(isTrouble));
    if (!isStored) return;
    const done = run.done + batch.length;
    run = await syncTransaction(engine, customerId, async (trx) => {
      await insertOperations(trx, previewKey(run), operations);
      return await checkpoint(trx, run, { done });
    });
  });
  const counts = { ...planned, absent: weighed.absent };
  sum.update(JSON.stringify(counts));
  needsAttention ||= counts.failed > 0 || counts.held > 0;
  const { released } = unplanned.unchosen;
  return { run, hash: sum.digest("hex"), counts, released, reasons, needsAttention };
}

/** A preview is stored under the id of the run that made it. */
export function previewKey({ customerId, entityId, runId }: StoredRun) {
  return { customerId, entityId, previewId: runId };
}

function reasonsOf({ verdict }: WeighedListing): PreviewDraft["reasons"] {
  return verdict.kind === "hold" ? verdict.holds.flatMap((hold) => hold.reasons) : [];
}

/** The people who need no plan: those who are not chosen, and those whose record cannot be read. */
interface Unplanned {
  unchosen: UnchosenFigures;
  unreadable: UnreadableListed;
}

async function gatherUnplanned(
  trx: TenantTransaction,
  run: StoredRun,
  scope: ListingScope,
  now: string,
): Promise<Unplanned> {
  const unchosen = await findUnchosenFigures(trx, run, scope, now);
  return { unchosen, unreadable: await findUnreadable(trx, run) };
}

function hashedBeforePlans(
  weighed: WeighedListing,
  preview: StoredPreview | null,
  { unchosen, unreadable }: Unplanned,
): string {
  const asked = [preview?.mode, preview?.workerIds];
  const unread = [...unreadable.unreadableWorkerIds, unreadable.unreadableNameless];
  const { fingerprint, absent } = weighed;
  return JSON.stringify([asked, fingerprint, absent, reasonsOf(weighed), unchosen, unread]);
}

async function recordUnplanned(
  trx: TenantTransaction,
  planKey: Buffer,
  run: StoredRun,
  { unreadable, scope, now }: Unplanned & { scope: ListingScope; now: string },
): Promise<void> {
  const hashed = (bucket: string) => keyedHash(planKey, bucket);
  // An attempt that was broken off may have stored some already.
  await dropOperations(trx, run.customerId, run.runId);
  const hashes = { now, waiting: hashed("waiting"), excluded: hashed("excluded") };
  await insertUnchosenOperations(trx, run, scope, hashes);
  await insertAbsentOperations(trx, run, hashed("absent"));
  await insertOperations(
    trx,
    previewKey(run),
    unreadable.unreadableWorkerIds.map((workerId) => ({
      workerId,
      bucket: "failed",
      employeeId: null,
      planHash: hashed("unreadable"),
      fields: null,
      why: unreadableWhy,
    })),
  );
}

/** Values are kept of linked people only: exactly the changes that applying would record. */
function operationOf(planKey: Buffer, planned: PlannedPerson): StoredOperation {
  const { person, plan } = planned;
  const isLinked = person.facts.target.kind === "linked";
  return {
    workerId: plan.workerId,
    bucket: plan.bucket,
    employeeId: plan.employeeId,
    planHash: planHash(planKey, plan),
    fields: isLinked ? writesOf([planned], 1).changes.flatMap(plannedFields) : null,
    why: plan.bucket === "held" || plan.bucket === "failed" ? whyOf(plan, isLinked) : null,
  };
}

/** Of a record of which only the id can be read. */
const unreadableWhy: Why = {
  issues: [{ code: "PAYLOAD_INVALID", variant: null, params: { reason: "record" } }],
  reasons: [],
};

/** Of people who are not linked only what is wrong is kept, and no value. */
function whyOf({ issues, holds }: PersonPlan, isLinked: boolean): Why {
  return {
    issues: issues.filter(isTrouble).map(({ code, contractId, params }) => ({
      code,
      // The variant of an issue about a contract would tell something of the wage.
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
