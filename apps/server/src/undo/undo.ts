import { recordAudit } from "../postgres/audit.sql.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { loadTargets } from "../people/person-facts.sql.ts";
import {
  addressHolders,
  changesOfRun,
  laterTouches,
  lockPeople,
  lockRun,
  type RevertedRun,
  type RevertStanding,
  type RunChange,
} from "./undo.sql.ts";
import { type TenantScope, type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { brusselsDate } from "../domain/values/calendar-date.ts";
import type { EmployeeTarget } from "../domain/records/employee.ts";
import { planReverts } from "../domain/undo/undo-emails.ts";
import { type NotReverted, type RevertPerson, type RevertPlan, touchKey } from "../domain/undo/undo-types.ts";
import { writeReversal } from "./undo-writes.ts";

export interface Reversal {
  /** The run that is put back. */
  runId: string;
  /** Null: everybody of the run. */
  employeeIds: string[] | null;
  actorKind: "account" | "api_key";
  actorId: string;
  at: Date;
}

export interface Reverted {
  /** The run that the reversal is. */
  runId: string;
  people: number;
  changes: number;
  removed: number;
  unlinked: number;
  notReverted: (NotReverted & { employeeId: string; employeeName: string })[];
}

export type RevertOutcome =
  | { kind: "reverted"; reverted: Reverted }
  | { kind: "not_found" }
  | { kind: "not_ended" };

/**
 * Puts back what a run wrote, or a part of it, as far as nobody wrote it since. One transaction, as the customer's own role
 * (the sync may not remove anybody), with everybody locked whom it is about. The reversal is a run of its own, and whoever was
 * put back stays so until an admin accepts what Liantis sends.
 */
export async function revertRun(
  db: Database,
  scope: TenantScope,
  reversal: Reversal,
): Promise<RevertOutcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tenantTransaction(db, scope, "app", (trx) => revertOnce(trx, scope.customerId, reversal));
    } catch (error) {
      // A run that writes the same people at this moment.
      if (tries === triesMax || !isDeadlock(error)) throw error;
    }
  }
}

const triesMax = 3;

function isDeadlock(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "40P01";
}

async function revertOnce(
  trx: TenantTransaction,
  customerId: string,
  reversal: Reversal,
): Promise<RevertOutcome> {
  const { runId, employeeIds, at } = reversal;
  const run = await lockRun(trx, customerId, runId);
  if (run === undefined) return { kind: "not_found" };
  if (run.status !== "finished" && run.status !== "cancelled") return { kind: "not_ended" };
  const changes = await changesOfRun(trx, { customerId, runId, employeeIds });
  const { people, names } = await peopleOf(trx, run, runId, changes);
  const policy = {
    today: brusselsDate(at.getTime()),
    valuesExpired: isExpired(run, at),
    isReversal: run.kind === "undo",
  };
  const plans = planReverts(people, policy, await addressHolders(trx, customerId, oldAddresses(changes)));
  const to = { customerId, entityId: run.entityId, runId: newId(), at: at.toISOString() };
  const { actorKind, actorId } = reversal;
  await writeReversal(trx, to, {
    revertedRunId: runId,
    requestedBy: actorId,
    people: new Map(people.map((person) => [person.employeeId, person])),
    plans,
  });
  const entry = { customerId, entityId: run.entityId, actorKind, actorId, doneAt: to.at };
  await recordAudit(trx, { ...entry, action: "run.reverted", subject: runId });
  return { kind: "reverted", reverted: report(to.runId, plans, names) };
}

/** Everybody whom the run wrote, as they stand now, locked. */
async function peopleOf(
  trx: TenantTransaction,
  { customerId, entityId }: RevertedRun,
  runId: string,
  changes: RunChange[],
): Promise<{ people: RevertPerson[]; names: Map<string, string> }> {
  const byEmployee = Map.groupBy(changes, (change) => change.employeeId);
  const employeeIds = [...byEmployee.keys()];
  const standings = await lockPeople(trx, { customerId, entityId, employeeIds });
  const targets = await loadTargets(
    trx,
    customerId,
    standings.map((one) => one.employeeId),
  );
  const touches = Map.groupBy(
    await laterTouches(trx, { customerId, runId, employeeIds }),
    (touch) => touch.employeeId,
  );
  const byId = new Map(standings.map((one) => [one.employeeId, one]));
  const people = employeeIds.map((employeeId): RevertPerson => {
    const own = byEmployee.get(employeeId) ?? [];
    const touched = (touches.get(employeeId) ?? []).map(({ contractId, field }) =>
      touchKey(contractId, field),
    );
    return {
      employeeId,
      workerId: own[0]?.workerId ?? "",
      changes: own.map((change) => ({ ...change, revertedFields: new Set(change.revertedFields) })),
      current: currentOf(byId.get(employeeId), targets.get(employeeId)),
      touched: new Set(touched),
    };
  });
  return { people, names: new Map(standings.map((one) => [one.employeeId, one.name])) };
}

function currentOf(
  standing: RevertStanding | undefined,
  employee: EmployeeTarget | undefined,
): RevertPerson["current"] {
  if (standing === undefined || employee === undefined) return null;
  const { linkedWorkerId, invited } = standing;
  return { employee, linkedWorkerId, invited };
}

/** Changes of wages end 13 months after they were made (postgres/schema/16-retention.sql). */
function isExpired({ createdAt }: RevertedRun, now: Date): boolean {
  const oldest = new Date(now);
  oldest.setUTCMonth(oldest.getUTCMonth() - 13);
  return Date.parse(createdAt) < oldest.getTime();
}

function oldAddresses(changes: RunChange[]): string[] {
  const emails = changes.flatMap(({ contractId, fields }) => {
    const before = contractId === null ? (fields["email"]?.[0] ?? null) : null;
    return before === null ? [] : [before];
  });
  return [...new Set(emails)];
}

function report(runId: string, plans: RevertPlan[], names: Map<string, string>): Reverted {
  const done = plans.filter((plan) => plan.reverted.length > 0 || plan.unlink);
  return {
    runId,
    people: done.length,
    changes: plans.reduce(
      (sum, plan) => sum + plan.reverted.reduce((fields, one) => fields + one.fields.length, 0),
      0,
    ),
    removed: plans.filter((plan) => plan.remove).length,
    unlinked: plans.filter((plan) => plan.unlink && plan.reverted.length === 0).length,
    notReverted: plans.flatMap((plan) =>
      plan.notReverted.map((not) => ({
        ...not,
        employeeId: plan.employeeId,
        employeeName: names.get(plan.employeeId) ?? "",
      })),
    ),
  };
}
