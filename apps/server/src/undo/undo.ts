import { recordAudit } from "../postgres/audit.sql.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { loadTargets } from "../people/person-facts.sql.ts";
import {
  findEmailOwners,
  listChangesOfRun,
  listLaterTouches,
  lockPeople,
  lockRun,
  type RunToUndo,
  type PersonState,
  type RunChange,
} from "./read-undo.sql.ts";
import { type TenantScope, type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { brusselsDate } from "../domain/values/calendar-date.ts";
import type { EmployeeTarget } from "../domain/records/employee.ts";
import { planUndoOfRun } from "../domain/undo/undo-emails.ts";
import { type NotUndone, type UndoPerson, type UndoPlan, touchKey } from "../domain/undo/undo-types.ts";
import { writeUndo } from "./write-undo.ts";

export interface UndoOrder {
  /** The run to undo. */
  runId: string;
  /** Null: everybody of the run. */
  employeeIds: string[] | null;
  actorKind: "account" | "api_key";
  actorId: string;
  now: Date;
}

export interface UndoReport {
  /** The run that the undo is. */
  runId: string;
  people: number;
  changes: number;
  removed: number;
  unlinked: number;
  notUndone: (NotUndone & { employeeId: string; employeeName: string })[];
}

export type UndoOutcome =
  | { kind: "undone"; undone: UndoReport }
  | { kind: "not_found" }
  | { kind: "not_ended" };

/**
 * Undoes what a run wrote, or a part of it, where no later change was made. The undo is a run of its own: it is planned,
 * written and reported in one transaction, in which all people concerned are locked. It works in the role of the app, because
 * the role of the sync cannot remove a person. The people are held until an admin accepts what Liantis sends.
 */
export async function undoRun(db: Database, scope: TenantScope, request: UndoOrder): Promise<UndoOutcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tenantTransaction(db, scope, "app", (trx) => undoOnce(trx, scope.customerId, request));
    } catch (error) {
      // A run is writing the same people at this moment.
      if (tries === triesMax || !isDeadlock(error)) throw error;
    }
  }
}

const triesMax = 3;

function isDeadlock(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "40P01";
}

async function undoOnce(
  trx: TenantTransaction,
  customerId: string,
  request: UndoOrder,
): Promise<UndoOutcome> {
  const { runId, employeeIds, now } = request;
  const run = await lockRun(trx, customerId, runId);
  if (run === undefined) return { kind: "not_found" };
  if (run.status !== "finished" && run.status !== "cancelled") return { kind: "not_ended" };
  const changes = await listChangesOfRun(trx, { customerId, runId, employeeIds });
  const { people, names } = await lockPeopleOfRun(trx, run, runId, changes);
  const policy = {
    today: brusselsDate(now.getTime()),
    valuesExpired: isExpired(run, now),
    isUndo: run.kind === "undo",
  };
  const plans = planUndoOfRun(people, policy, await findEmailOwners(trx, customerId, emailsBefore(changes)));
  const undo = { customerId, entityId: run.entityId, runId: newId(), now: now.toISOString() };
  const { actorKind, actorId } = request;
  await writeUndo(trx, undo, {
    undoneRunId: runId,
    requestedBy: actorId,
    people: new Map(people.map((person) => [person.employeeId, person])),
    plans,
  });
  const entry = { customerId, entityId: run.entityId, actorKind, actorId, doneAt: undo.now };
  await recordAudit(trx, { ...entry, action: "run.reverted", subject: runId });
  return { kind: "undone", undone: reportUndo(undo.runId, plans, names) };
}

/** Locks the people whom the run wrote, and reads their present state. */
async function lockPeopleOfRun(
  trx: TenantTransaction,
  { customerId, entityId }: RunToUndo,
  runId: string,
  changes: RunChange[],
): Promise<{ people: UndoPerson[]; names: Map<string, string> }> {
  const byEmployee = Map.groupBy(changes, (change) => change.employeeId);
  const employeeIds = [...byEmployee.keys()];
  const states = await lockPeople(trx, { customerId, entityId, employeeIds });
  const targets = await loadTargets(
    trx,
    customerId,
    states.map((one) => one.employeeId),
  );
  const touches = Map.groupBy(
    await listLaterTouches(trx, { customerId, runId, employeeIds }),
    (touch) => touch.employeeId,
  );
  const byId = new Map(states.map((one) => [one.employeeId, one]));
  const people = employeeIds.map((employeeId): UndoPerson => {
    const own = byEmployee.get(employeeId) ?? [];
    const touched = (touches.get(employeeId) ?? []).map(({ contractId, field }) =>
      touchKey(contractId, field),
    );
    return {
      employeeId,
      workerId: own[0]?.workerId ?? "",
      changes: own.map((change) => ({ ...change, undoneFields: new Set(change.undoneFields) })),
      current: currentOf(byId.get(employeeId), targets.get(employeeId)),
      touched: new Set(touched),
    };
  });
  return { people, names: new Map(states.map((one) => [one.employeeId, one.name])) };
}

function currentOf(
  state: PersonState | undefined,
  employee: EmployeeTarget | undefined,
): UndoPerson["current"] {
  if (state === undefined || employee === undefined) return null;
  const { linkedWorkerId, invited } = state;
  return { employee, linkedWorkerId, invited };
}

/** Changes of wages end 13 months after they were made (postgres/schema/16-retention.sql). */
function isExpired({ createdAt }: RunToUndo, now: Date): boolean {
  const oldest = new Date(now);
  oldest.setUTCMonth(oldest.getUTCMonth() - 13);
  return Date.parse(createdAt) < oldest.getTime();
}

function emailsBefore(changes: RunChange[]): string[] {
  const emails = changes.flatMap(({ contractId, fields }) => {
    const before = contractId === null ? (fields["email"]?.[0] ?? null) : null;
    return before === null ? [] : [before];
  });
  return [...new Set(emails)];
}

function reportUndo(runId: string, plans: UndoPlan[], names: Map<string, string>): UndoReport {
  const done = plans.filter((plan) => plan.undone.length > 0 || plan.unlink);
  return {
    runId,
    people: done.length,
    changes: plans.reduce(
      (sum, plan) => sum + plan.undone.reduce((fields, one) => fields + one.fields.length, 0),
      0,
    ),
    removed: plans.filter((plan) => plan.remove).length,
    unlinked: plans.filter((plan) => plan.unlink && plan.undone.length === 0).length,
    notUndone: plans.flatMap((plan) =>
      plan.notUndone.map((not) => ({
        ...not,
        employeeId: plan.employeeId,
        employeeName: names.get(plan.employeeId) ?? "",
      })),
    ),
  };
}
