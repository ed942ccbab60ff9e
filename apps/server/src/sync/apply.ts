import { setImmediate as immediately } from "node:timers/promises";
import { type RaisedIssue, raiseIssues } from "../decisions/issues.sql.ts";
import { storeEmploymentEnds } from "../decisions/leavers.sql.ts";
import { StalePlan, writeBatch } from "../people/person-writes.sql.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import { checkpoint } from "../runs/take-run.sql.ts";
import {
  updateRejections,
  type RaisedHold,
  raisePersonHolds,
  markAcceptancesUsed,
} from "../decisions/person-holds.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { countPerson } from "../domain/plan/counts.ts";
import { usedAcceptances } from "../domain/plan/person-holds.ts";
import type { PersonPlan, PlanPolicy } from "../domain/plan/plan-types.ts";
import type { RunAt } from "../domain/records/keys.ts";
import { employmentEnd } from "../domain/plan/employment-issues.ts";
import { planPerson } from "../domain/plan/plan.ts";
import { applyAcceptedEmailSwaps } from "./email-swaps.ts";
import { instant, stepTransaction, type SyncEngine, syncTransaction } from "./engine.ts";
import { gatherBatch, gatherListing, type ListingFacts, type PersonCase } from "./facts.ts";
import { unreadableRecord } from "./report.ts";
import { type PlannedPerson, writesOf } from "./writes.ts";

/**
 * Plans and writes the staged people that are not applied yet, batch by batch: each batch is one transaction with its changes,
 * its issues, the counters and the place to continue from. While a batch is written the next one is planned; it is planned
 * again if the two depend on each other.
 */
export async function applyListing(
  engine: SyncEngine,
  guarded: StoredRun,
  policy: PlanPolicy,
  signal: AbortSignal,
): Promise<StoredRun> {
  const { run: started, swapped } = await applyAcceptedEmailSwaps(engine, guarded);
  let run = started;
  const listing = await syncTransaction(engine, run.customerId, (trx) =>
    gatherListing(trx, run, policy.thresholds),
  );
  const planning: BatchPlanning = { policy, listing, swapped, limit: engine.batchSize, replans: 0 };
  let batch = await planBatch(engine, run, planning);
  while (batch.length > 0) {
    signal.throwIfAborted();
    const [written, next] = await waitForBoth(
      writeBatchOnce(engine, run, planning, batch),
      planBatch(engine, { ...run, applyAfter: lastWorkerId(batch) }, planning),
    );
    if (written.kind === "written" && !dependsOnEmailsOf(next, batch)) {
      run = written.run;
      batch = next;
      continue;
    }
    run =
      written.kind === "written" ? written.run : await applyInHalves(engine, run, planning, written.error);
    batch = await planBatch(engine, run, planning);
  }
  return run;
}

interface BatchPlanning {
  policy: PlanPolicy;
  listing: ListingFacts;
  /** Workers whose e-mail was swapped by this run before they were planned. */
  swapped: ReadonlySet<string>;
  limit: number;
  /** How often this one person was planned again already. */
  replans: number;
}

const replansMax = 2;

/** The people after `run.applyAfter`, read and planned; empty when everybody is applied. */
async function planBatch(
  engine: SyncEngine,
  run: StoredRun,
  planning: BatchPlanning,
): Promise<PlannedPerson[]> {
  const { policy, listing, swapped, limit } = planning;
  const people = await syncTransaction(engine, run.customerId, (trx) =>
    gatherBatch(trx, run, listing, run.applyAfter, limit),
  );
  const batch: PlannedPerson[] = [];
  for (const [index, person] of people.entries()) {
    // Gives the batch that is written meanwhile its time on the event loop.
    if (index % peopleAtOnce === 0) await immediately();
    const plan = planPerson(person.source, person.facts, policy);
    batch.push({ person, plan, hasSwappedEmail: swapped.has(plan.workerId) });
  }
  return batch;
}

const peopleAtOnce = 50;

/** A plan depends on who has an e-mail; the batch that was written meanwhile may have given or taken it. */
function dependsOnEmailsOf(next: PlannedPerson[], written: PlannedPerson[]): boolean {
  const touched = new Set(written.flatMap(emailsInvolved));
  return next.some((planned) => emailsInvolved(planned).some((email) => touched.has(email)));
}

/** The stored and the sent e-mail of a person, unless they are the same: then no other plan depends on this one. */
function emailsInvolved({ person: { source, facts } }: PlannedPerson): string[] {
  const stored = facts.target.kind === "none" ? null : facts.target.employee.email;
  if (stored === source.email && facts.target.kind === "linked") return [];
  return [stored, source.email].filter((email) => email !== null);
}

/** The e-mail that a plan takes from its person. */
function emailGivenUp({ plan }: PlannedPerson): string[] {
  return plan.operations.flatMap((operation) =>
    operation.kind === "update_employee"
      ? operation.changes.flatMap(({ field, before }) =>
          field === "email" && before !== null ? [before] : [],
        )
      : [],
  );
}

/** Waits for both even when one fails: no work is left in the background of a run that has ended. */
async function waitForBoth<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return await Promise.all([one, other]);
}

function lastWorkerId(batch: PlannedPerson[]): string {
  return batch.at(-1)?.person.source.workerId ?? "";
}

type Written = { kind: "written"; run: StoredRun } | { kind: "refused"; error: unknown };

async function writeBatchOnce(
  engine: SyncEngine,
  run: StoredRun,
  { listing }: BatchPlanning,
  batch: PlannedPerson[],
): Promise<Written> {
  try {
    const written = await stepTransaction(engine, run.customerId, (trx) =>
      writePeople(trx, run, batch, instant(engine)),
    );
    for (const email of batch.flatMap(emailGivenUp)) listing.givenUpEmails.add(email);
    return { kind: "written", run: written };
  } catch (error) {
    if (!isRefusedByData(error)) throw error;
    return { kind: "refused", error };
  }
}

/** Applies the first half of a batch that was refused, and half of that, so that one person never stops the others. */
async function applyInHalves(
  engine: SyncEngine,
  run: StoredRun,
  planning: BatchPlanning,
  refusal: unknown,
): Promise<StoredRun> {
  engine.logger.warn(
    { runId: run.runId, code: refusalCode(refusal), limit: planning.limit },
    "batch refused, applying it in halves",
  );
  // A row may have been changed by hand in between: with a new plan the same person may well pass.
  const smaller =
    planning.limit > 1
      ? { ...planning, limit: Math.ceil(planning.limit / 2) }
      : { ...planning, replans: planning.replans + 1 };
  if (smaller.replans > replansMax) return await failNextPerson(engine, run, planning);
  const batch = await planBatch(engine, run, smaller);
  if (batch.length === 0) return run;
  const written = await writeBatchOnce(engine, run, planning, batch);
  return written.kind === "written" ? written.run : await applyInHalves(engine, run, smaller, written.error);
}

async function writePeople(
  trx: TenantTransaction,
  run: StoredRun,
  batch: PlannedPerson[],
  now: string,
): Promise<StoredRun> {
  const writes = writesOf(batch, run.changeSeq + 1);
  await writeBatch(trx, { ...run, now }, writes);
  await storeEmploymentEnds(trx, run, batch.map(employmentEndOf));
  // People created in this batch have an employee id now: their issues and holds are about that employee.
  const created = new Map(writes.links.map((link) => [link.workerId, link.employeeId]));
  const people = batch.map((planned) => {
    const { employeeId, workerId } = planned.plan;
    return { ...planned, employeeId: employeeId ?? created.get(workerId) ?? null };
  });
  await raiseIssues(trx, { ...run, now }, people.flatMap(issuesOf));
  await raisePersonHolds(trx, { ...run, now }, people.flatMap(openHoldsOf));
  await settleDecisions(trx, { ...run, now }, batch);
  return await advance(trx, run, batch.map(bucketOf), writes.changes.length);
}

type WrittenPerson = PlannedPerson & { employeeId: string | null };

function employmentEndOf({ person: { source } }: PlannedPerson) {
  return { workerId: source.workerId, employmentEndDate: employmentEnd(source) };
}

function issuesOf({ person, plan, employeeId }: WrittenPerson): RaisedIssue[] {
  return plan.issues.map((issue) => ({
    ...issue,
    // Without an employee the name is what tells the reader whom the issue is about.
    params: employeeId === null ? { ...issue.params, name: nameOf(person) } : issue.params,
    workerId: plan.workerId,
    contractId: issue.contractId ?? "",
    employeeId,
  }));
}

function openHoldsOf({ plan, employeeId }: WrittenPerson): RaisedHold[] {
  return plan.holds
    .filter((hold) => hold.status === "open")
    .map((hold) => ({ ...hold, workerId: plan.workerId, employeeId }));
}

/** Acceptances that did their work are used up; rejections of what is not sent any more are over. */
async function settleDecisions(trx: TenantTransaction, run: RunAt, batch: PlannedPerson[]): Promise<void> {
  const used = batch.flatMap(({ person, plan }) => usedAcceptances(plan, person.facts.decisions));
  await markAcceptancesUsed(trx, run, used);
  const withRejection = batch.filter(({ person }) =>
    person.facts.decisions.some((decision) => decision.status === "rejected"),
  );
  await updateRejections(trx, run, {
    workerIds: withRejection.map(({ plan }) => plan.workerId),
    inForce: withRejection.flatMap(({ plan: { workerId, holds } }) =>
      holds
        .filter((hold) => hold.status === "rejected")
        .map(({ fingerprint }) => ({ workerId, fingerprint })),
    ),
  });
}

/** A person whose e-mail was swapped by this run is updated, even if their plan has nothing left to write. */
function bucketOf({ plan: { workerId, bucket }, hasSwappedEmail }: PlannedPerson): PersonBucket {
  return { workerId, bucket: hasSwappedEmail && bucket === "unchanged" ? "updated" : bucket };
}

type PersonBucket = Pick<PersonPlan, "workerId" | "bucket">;

async function advance(
  trx: TenantTransaction,
  run: StoredRun,
  people: PersonBucket[],
  changes: number,
): Promise<StoredRun> {
  return await checkpoint(trx, run, {
    counts: people.reduce((sum, { bucket }) => countPerson(sum, bucket), run.counts),
    applyAfter: people.at(-1)?.workerId ?? run.applyAfter,
    done: run.done + people.length,
    changeSeq: run.changeSeq + changes,
  });
}

/** The database refuses this one person: counted as failed, with an issue, and the run continues after them. */
async function failNextPerson(
  engine: SyncEngine,
  run: StoredRun,
  { listing }: BatchPlanning,
): Promise<StoredRun> {
  return await syncTransaction(engine, run.customerId, async (trx) => {
    const [person] = await gatherBatch(trx, run, listing, run.applyAfter, 1);
    if (!person) return run;
    const { workerId } = person.source;
    const issue = unreadableRecord(workerId, person.staged.linkedEmployeeId);
    await raiseIssues(trx, { ...run, now: instant(engine) }, [issue]);
    return await advance(trx, run, [{ workerId, bucket: "failed" }], 0);
  });
}

function nameOf({ source }: PersonCase): string {
  return [source.firstName, source.lastName].filter((part) => part !== null).join(" ");
}

/**
 * Whether the batch is worth another plan, not another attempt of the run: values that the database refuses (class 22, 23), or
 * a row that was changed meanwhile.
 */
function isRefusedByData(error: unknown): boolean {
  return (
    error instanceof StalePlan ||
    /^(22|23)/.test(refusalCode(error)) ||
    refusalCode(error) === "40001" ||
    refusalCode(error) === "40P01"
  );
}

function refusalCode(error: unknown): string {
  if (error instanceof StalePlan) return "STALE_PLAN";
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
