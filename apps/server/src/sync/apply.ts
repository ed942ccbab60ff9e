import { raiseIssues } from "../db/issues.ts";
import { StalePlan, writeBatch } from "../db/person-writes.ts";
import { checkpoint, type Run } from "../db/runs.ts";
import { type SharedValues, sharedValues } from "../db/staging.ts";
import type { TenantTransaction } from "../db/transaction.ts";
import { countPerson } from "../domain/counts.ts";
import type { PersonPlan, PlanPolicy } from "../domain/plan-types.ts";
import { planPerson } from "../domain/plan.ts";
import { instant, type SyncEngine, syncTransaction } from "./engine.ts";
import { gatherBatch, type PersonCase } from "./facts.ts";
import { unreadableRecord } from "./report.ts";
import { type PlannedPerson, writesOf } from "./writes.ts";

/**
 * Plans and writes the rest of the staged people, batch by batch: each batch is one transaction with its changes, its issues,
 * the counters and the place to go on from. A batch that the database refuses is tried again in halves, so that one bad
 * person never stops the others.
 */
export async function applyListing(
  engine: SyncEngine,
  guarded: Run,
  policy: PlanPolicy,
  signal: AbortSignal,
): Promise<Run> {
  let run = guarded;
  const shared = await syncTransaction(engine, run.customerId, (trx) => sharedValues(trx, run));
  for (;;) {
    signal.throwIfAborted();
    const applied = await applyBatch(engine, run, { policy, shared, limit: engine.batchSize, replans: 0 });
    if (applied === null) return run;
    run = applied;
  }
}

interface BatchOf {
  policy: PlanPolicy;
  shared: SharedValues;
  limit: number;
  /** How often this one person was planned again already. */
  replans: number;
}

const replansMax = 2;

/** @returns the run after the batch, or null when nobody was left */
async function applyBatch(engine: SyncEngine, run: Run, of: BatchOf): Promise<Run | null> {
  try {
    return await syncTransaction(engine, run.customerId, async (trx) => {
      const people = await gatherBatch(trx, run, of.shared, run.applyAfter, of.limit);
      return people.length === 0
        ? null
        : await writePeople(trx, run, planAll(people, of.policy), instant(engine));
    });
  } catch (error) {
    if (!isRefusedByData(error)) throw error;
    engine.logger.warn(
      { runId: run.runId, code: refusalCode(error), limit: of.limit },
      "batch refused, going on in halves",
    );
    if (of.limit > 1) return await applyBatch(engine, run, { ...of, limit: Math.ceil(of.limit / 2) });
    // Somebody else may have written in between: planned anew, the same person may well pass.
    if (of.replans < replansMax) return await applyBatch(engine, run, { ...of, replans: of.replans + 1 });
    return await leaveOutNext(engine, run, of);
  }
}

function planAll(people: PersonCase[], policy: PlanPolicy): PlannedPerson[] {
  return people.map((person) => ({ person, plan: planPerson(person.source, person.facts, policy) }));
}

async function writePeople(
  trx: TenantTransaction,
  run: Run,
  batch: PlannedPerson[],
  at: string,
): Promise<Run> {
  const writes = writesOf(batch, run.changeSeq + 1);
  await writeBatch(trx, { ...run, at }, writes);
  await raiseIssues(
    trx,
    { ...run, at },
    batch.flatMap(({ plan }) =>
      plan.issues.map((issue) => ({
        ...issue,
        workerId: plan.workerId,
        contractId: issue.contractId ?? "",
        employeeId: plan.employeeId,
      })),
    ),
  );
  return await advance(
    trx,
    run,
    batch.map(({ plan }) => plan),
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
async function leaveOutNext(engine: SyncEngine, run: Run, { shared }: BatchOf): Promise<Run | null> {
  return await syncTransaction(engine, run.customerId, async (trx) => {
    const [person] = await gatherBatch(trx, run, shared, run.applyAfter, 1);
    if (!person) return null;
    const { workerId } = person.source;
    const issue = unreadableRecord(workerId, person.staged.linkedEmployeeId);
    await raiseIssues(trx, { ...run, at: instant(engine) }, [issue]);
    return await advance(trx, run, [{ workerId, bucket: "failed" }], 0);
  });
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
