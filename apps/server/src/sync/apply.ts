import { setImmediate as immediately } from "node:timers/promises";
import { raiseIssues } from "../decisions/issues.sql.ts";
import { rememberEmploymentEnds } from "../decisions/leavers.sql.ts";
import { StalePlan, writeBatch } from "../people/person-writes.sql.ts";
import { checkpoint, type Run } from "../runs/runs.sql.ts";
import { noteRejections, raisePersonHolds, useAcceptances } from "../decisions/person-holds.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { countPerson } from "../domain/plan/counts.ts";
import { usedAcceptances } from "../domain/plan/person-holds.ts";
import type { PersonPlan, PlanPolicy } from "../domain/plan/plan-types.ts";
import { employmentEnd, planPerson } from "../domain/plan/plan.ts";
import { letAddressesChangeHands } from "./email-swaps.ts";
import { instant, stepTransaction, type SyncEngine, syncTransaction } from "./engine.ts";
import { gatherBatch, gatherListing, type ListingFacts, type PersonCase } from "./facts.ts";
import { unreadableRecord } from "./report.ts";
import { type PlannedPerson, writesOf } from "./writes.ts";

/**
 * Plans and writes the rest of the staged people, batch by batch: each batch is one transaction with its changes, its issues,
 * the counters and the place to go on from. While a batch is written the next one is planned; where the one touches what the
 * other was planned with, it is planned again.
 */
export async function applyListing(
  engine: SyncEngine,
  guarded: Run,
  policy: PlanPolicy,
  signal: AbortSignal,
): Promise<Run> {
  const { run: started, exchanged } = await letAddressesChangeHands(engine, guarded);
  let run = started;
  const listing = await syncTransaction(engine, run.customerId, (trx) =>
    gatherListing(trx, run, policy.thresholds),
  );
  const of: BatchOf = { policy, listing, exchanged, limit: engine.batchSize, replans: 0 };
  let batch = await planBatch(engine, run, of);
  while (batch.length > 0) {
    signal.throwIfAborted();
    const [written, next] = await both(
      writeBatchOnce(engine, run, of, batch),
      planBatch(engine, { ...run, applyAfter: lastOf(batch) }, of),
    );
    if (written.kind === "written" && !shareAddress(batch, next)) {
      run = written.run;
      batch = next;
      continue;
    }
    run = written.kind === "written" ? written.run : await applyInHalves(engine, run, of, written.error);
    batch = await planBatch(engine, run, of);
  }
  return run;
}

interface BatchOf {
  policy: PlanPolicy;
  listing: ListingFacts;
  /** Whose address changed hands before they were planned. */
  exchanged: ReadonlySet<string>;
  limit: number;
  /** How often this one person was planned again already. */
  replans: number;
}

const replansMax = 2;

/** The people behind `run.applyAfter`, read and planned; nobody when none is left. */
async function planBatch(engine: SyncEngine, run: Run, of: BatchOf): Promise<PlannedPerson[]> {
  const people = await syncTransaction(engine, run.customerId, (trx) =>
    gatherBatch(trx, run, of.listing, run.applyAfter, of.limit),
  );
  const batch: PlannedPerson[] = [];
  for (const [index, person] of people.entries()) {
    // What is being written meanwhile gets its turn.
    if (index % peopleAtOnce === 0) await immediately();
    const plan = planPerson(person.source, person.facts, of.policy);
    batch.push({ person, plan, isExchanged: of.exchanged.has(plan.workerId) });
  }
  return batch;
}

const peopleAtOnce = 50;

/** Beside its own row version, a plan stands on who has an e-mail address; a batch before it may just have given or taken it. */
function shareAddress(written: PlannedPerson[], next: PlannedPerson[]): boolean {
  const touched = new Set(written.flatMap(addressesOf));
  return next.some((planned) => addressesOf(planned).some((address) => touched.has(address)));
}

/** The address somebody has and the one Liantis has, where they are not the same: the others neither give nor take. */
function addressesOf({ person: { source, facts } }: PlannedPerson): string[] {
  const known = facts.target.kind === "none" ? null : facts.target.employee.email;
  if (known === source.email && facts.target.kind === "linked") return [];
  return [known, source.email].filter((address) => address !== null);
}

/** The address that somebody had and has no more. */
function addressLeft({ plan }: PlannedPerson): string[] {
  return plan.operations.flatMap((operation) =>
    operation.kind === "update_employee"
      ? operation.changes.flatMap(({ field, before }) =>
          field === "email" && before !== null ? [before] : [],
        )
      : [],
  );
}

/** Waits for both even when one fails: nothing goes on in the background of a run that has ended. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return await Promise.all([one, other]);
}

function lastOf(batch: PlannedPerson[]): string {
  return batch.at(-1)?.person.source.workerId ?? "";
}

type Written = { kind: "written"; run: Run } | { kind: "refused"; error: unknown };

async function writeBatchOnce(
  engine: SyncEngine,
  run: Run,
  { listing }: BatchOf,
  batch: PlannedPerson[],
): Promise<Written> {
  try {
    const written = await stepTransaction(engine, run.customerId, (trx) =>
      writePeople(trx, run, batch, instant(engine)),
    );
    for (const address of batch.flatMap(addressLeft)) listing.leftBehind.add(address);
    return { kind: "written", run: written };
  } catch (error) {
    if (!isRefusedByData(error)) throw error;
    return { kind: "refused", error };
  }
}

/** Tries the first half of a batch that was refused, and half of that, so that one bad person never stops the others. */
async function applyInHalves(engine: SyncEngine, run: Run, of: BatchOf, refusal: unknown): Promise<Run> {
  engine.logger.warn(
    { runId: run.runId, code: refusalCode(refusal), limit: of.limit },
    "batch refused, going on in halves",
  );
  // Somebody else may have written in between: planned anew, the same person may well pass.
  const smaller =
    of.limit > 1 ? { ...of, limit: Math.ceil(of.limit / 2) } : { ...of, replans: of.replans + 1 };
  if (smaller.replans > replansMax) return await leaveOutNext(engine, run, of);
  const batch = await planBatch(engine, run, smaller);
  if (batch.length === 0) return run;
  const written = await writeBatchOnce(engine, run, of, batch);
  return written.kind === "written" ? written.run : await applyInHalves(engine, run, smaller, written.error);
}

async function writePeople(
  trx: TenantTransaction,
  run: Run,
  batch: PlannedPerson[],
  at: string,
): Promise<Run> {
  const writes = writesOf(batch, run.changeSeq + 1);
  await writeBatch(trx, { ...run, at }, writes);
  await rememberEmploymentEnds(
    trx,
    run,
    batch.map(({ person: { source } }) => ({
      workerId: source.workerId,
      employmentEndDate: employmentEnd(source),
    })),
  );
  // Whoever has just come in is somebody from now on: what is said of them is about that employee, in this run already.
  const linked = new Map(writes.links.map((link) => [link.workerId, link.employeeId]));
  const employeeOf = (plan: PersonPlan) => plan.employeeId ?? linked.get(plan.workerId) ?? null;
  await raiseIssues(
    trx,
    { ...run, at },
    batch.flatMap(({ person, plan }) =>
      plan.issues.map((issue) => ({
        ...issue,
        // Whoever has to put it right must know whom it is about, also somebody who is not in yet.
        params: employeeOf(plan) === null ? { ...issue.params, name: nameOf(person) } : issue.params,
        workerId: plan.workerId,
        contractId: issue.contractId ?? "",
        employeeId: employeeOf(plan),
      })),
    ),
  );
  await raisePersonHolds(
    trx,
    { ...run, at },
    batch.flatMap(({ plan }) =>
      plan.holds
        .filter((hold) => hold.status === "open")
        .map((hold) => ({ ...hold, workerId: plan.workerId, employeeId: employeeOf(plan) })),
    ),
  );
  await useAcceptances(
    trx,
    { ...run, at },
    batch.flatMap(({ person, plan }) => usedAcceptances(plan, person.facts.decisions)),
  );
  const asked = batch.filter(({ person }) => person.facts.decisions.some((one) => one.status === "rejected"));
  await noteRejections(
    trx,
    { ...run, at },
    {
      workerIds: asked.map(({ plan }) => plan.workerId),
      standing: asked.flatMap(({ plan: { workerId, holds } }) =>
        holds.flatMap(({ status, fingerprint }) =>
          status === "rejected" ? [{ workerId, fingerprint }] : [],
        ),
      ),
    },
  );
  return await advance(
    trx,
    run,
    // Whose address changed hands was updated by this run, though nothing else is left to write.
    batch.map(({ plan: { workerId, bucket }, isExchanged }) => ({
      workerId,
      bucket: isExchanged && bucket === "unchanged" ? "updated" : bucket,
    })),
    writes.changes.length,
  );
}

async function advance(
  trx: TenantTransaction,
  run: Run,
  plans: Pick<PersonPlan, "workerId" | "bucket">[],
  changes: number,
): Promise<Run> {
  const counts = plans.reduce((sum, plan) => countPerson(sum, plan.bucket), run.counts);
  return await checkpoint(trx, run, {
    counts,
    applyAfter: plans.at(-1)?.workerId ?? run.applyAfter,
    done: run.done + plans.length,
    changeSeq: run.changeSeq + changes,
  });
}

/** The one person that the database refuses: counted as failed, with an issue, and the run goes on behind them. */
async function leaveOutNext(engine: SyncEngine, run: Run, { listing }: BatchOf): Promise<Run> {
  return await syncTransaction(engine, run.customerId, async (trx) => {
    const [person] = await gatherBatch(trx, run, listing, run.applyAfter, 1);
    if (!person) return run;
    const { workerId } = person.source;
    const issue = unreadableRecord(workerId, person.staged.linkedEmployeeId);
    await raiseIssues(trx, { ...run, at: instant(engine) }, [issue]);
    return await advance(trx, run, [{ workerId, bucket: "failed" }], 0);
  });
}

function nameOf({ source }: PersonCase): string {
  return [source.firstName, source.lastName].filter((part) => part !== null).join(" ");
}

/** Data the database will not have (class 22, 23) or a row that somebody changed meanwhile: worth another plan, not another attempt of the run. */
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
