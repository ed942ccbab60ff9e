import { hash } from "node:crypto";
import { forgetAppliedContent } from "../people/employees.sql.ts";
import { type ChangeWrite, writeBatch } from "../people/person-writes.sql.ts";
import {
  deleteContracts,
  deleteLinks,
  holdUndone,
  insertUndoRun,
  findLinkedAmong,
  markUndone,
  parkEmails,
  removePeople,
  type UndoneHold,
} from "./write-undo.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { emptyCounts, type RunCounts } from "../domain/plan/counts.ts";
import type { RunAt } from "../domain/records/keys.ts";
import type { PlannedField } from "../domain/guards/hold-types.ts";
import type { ContractValues } from "../domain/records/employee.ts";
import type { FieldChange } from "../domain/records/operation.ts";
import type { UndoPerson, UndoPlan } from "../domain/undo/undo-types.ts";
import { employeeUpdate } from "../sync/writes.ts";

/** What an undo carries out: the plans of the people whom a run wrote. */
interface PlannedUndo {
  undoneRunId: string;
  requestedBy: string;
  people: ReadonlyMap<string, UndoPerson>;
  plans: UndoPlan[];
}

/** Writes the run that the undo is, the rows and their changes, which changes are undone, and the holds of these people. */
export async function writeUndo(trx: TenantTransaction, undo: RunAt, planned: PlannedUndo): Promise<void> {
  const { customerId } = undo;
  const { plans, people, requestedBy, undoneRunId } = planned;
  const changes = plans.flatMap(changesOf).map((change, index) => ({ ...change, seq: index + 1 }));
  await insertUndoRun(trx, undo, {
    requestedBy,
    counts: countsOf(plans),
    needsAttention: plans.some((plan) => plan.notUndone.length > 0),
    changes: changes.length,
  });
  await removeCreated(trx, customerId, plans);
  const kept = plans.filter((plan) => !plan.remove);
  const newEmails = kept.filter((plan) => plan.employeeChanges.some(isEmailChange));
  await parkEmails(trx, customerId, newEmails.map(employeeIdOf));
  await writeBatch(trx, undo, {
    plannedFor: [],
    accounts: [],
    employees: [],
    employeeUpdates: kept.filter(writesPerson).map((plan) => updateOf(plan, people)),
    contracts: [],
    contractUpdates: kept.flatMap(({ employeeId, contracts }) =>
      contracts.map(({ contractId, rowVersion, after }) => ({
        ...after,
        employeeId,
        contractId,
        rowVersion,
      })),
    ),
    links: [],
    changes,
  });
  const undone = plans.flatMap((plan) => plan.undone);
  await markUndone(trx, undo, undoneRunId, undone);
  const touched = plans.filter((plan) => plan.undone.length > 0 || plan.unlink);
  await forgetAppliedContent(trx, customerId, touched.map(employeeIdOf));
  await holdUndone(trx, undo, await holdsOf(trx, undo, touched, people));
}

/**
 * A hold is about the worker whom Liantis will send for this person: the linked worker. Without a link it is the worker of the
 * run's changes, unless a colleague is linked to that worker now.
 */
async function holdsOf(
  trx: TenantTransaction,
  undo: RunAt,
  plans: UndoPlan[],
  people: ReadonlyMap<string, UndoPerson>,
): Promise<UndoneHold[]> {
  const linkedWorkerId = ({ employeeId }: UndoPlan) =>
    people.get(employeeId)?.current?.linkedWorkerId ?? null;
  const unlinked = plans.filter((plan) => linkedWorkerId(plan) === null);
  const linkedToOthers = await findLinkedAmong(
    trx,
    undo,
    unlinked.map((plan) => plan.workerId),
  );
  return plans.flatMap((plan) => {
    const workerId = linkedWorkerId(plan) ?? (linkedToOthers.has(plan.workerId) ? null : plan.workerId);
    return workerId === null ? [] : [holdOf(plan, workerId, people)];
  });
}

/** Removes what the run had created: contracts, links, and people who were neither invited nor changed. */
async function removeCreated(trx: TenantTransaction, customerId: string, plans: UndoPlan[]): Promise<void> {
  const contracts = plans.flatMap(({ employeeId, removedContracts }) =>
    removedContracts.map(({ contractId }) => ({ employeeId, contractId })),
  );
  const removed = plans.filter((plan) => plan.remove);
  const unlinked = plans.filter((plan) => plan.unlink || plan.remove);
  await deleteContracts(trx, customerId, contracts);
  await deleteLinks(trx, customerId, unlinked.map(employeeIdOf));
  await removePeople(trx, customerId, removed.map(employeeIdOf));
}

function employeeIdOf({ employeeId }: UndoPlan): string {
  return employeeId;
}

/** An unlinked person gets a new row version too, so that a run that planned them meanwhile plans again. */
function writesPerson({ employeeChanges, unlink }: UndoPlan): boolean {
  return employeeChanges.length > 0 || unlink;
}

function updateOf({ employeeId, employeeChanges }: UndoPlan, people: ReadonlyMap<string, UndoPerson>) {
  const employee = people.get(employeeId)?.current?.employee;
  if (employee === undefined) throw new Error("only an employee who exists is updated");
  return employeeUpdate(employee, employee.rowVersion, employeeChanges);
}

type UnnumberedChange = Omit<ChangeWrite, "seq">;

function changesOf(plan: UndoPlan): UnnumberedChange[] {
  const { employeeId, workerId } = plan;
  const about = { employeeId, workerId, reason: "reverted" } as const;
  const person: UnnumberedChange[] = [];
  const write = (kind: UnnumberedChange["kind"], contractId: string | null, fields: FieldChange[]) => {
    const pairs = Object.fromEntries(fields.map(({ field, before, after }) => [field, [before, after]]));
    person.push({ ...about, kind, contractId, fields: JSON.stringify(pairs) });
  };
  const link = { field: "link", before: workerId, after: null };
  if (plan.remove) write("remove", null, [link]);
  else if (plan.unlink) write("unlink", null, [link]);
  if (plan.employeeChanges.length > 0) write("update", null, plan.employeeChanges);
  for (const { contractId, changes } of plan.contracts) write("update", contractId, changes);
  for (const { contractId, ...contract } of plan.removedContracts)
    write("remove", contractId, removedValues(contract));
  return person;
}

function removedValues(values: ContractValues & { rowVersion: number; withdrawn: boolean }): FieldChange[] {
  const { rowVersion: _rowVersion, withdrawn: _withdrawn, ...fields } = values;
  return Object.entries(fields).flatMap(([field, before]) =>
    before === null ? [] : [{ field, before, after: null }],
  );
}

/** What the next run would write again: the reverse of what was undone. */
function holdOf(plan: UndoPlan, workerId: string, people: ReadonlyMap<string, UndoPerson>): UndoneHold {
  const bySeq = new Map(people.get(plan.employeeId)?.changes.map((change) => [change.seq, change]));
  const fields = plan.undone.flatMap(({ seq, fields: names }): PlannedField[] => {
    const change = bySeq.get(seq);
    return names.map((field) => {
      const [before = null, after = null] = change?.fields[field] ?? [];
      return { contractId: change?.contractId ?? null, field, before, after };
    });
  });
  if (fields.length === 0)
    fields.push({ contractId: null, field: "link", before: null, after: plan.workerId });
  return {
    workerId,
    employeeId: plan.remove ? null : plan.employeeId,
    fingerprint: hash("sha1", JSON.stringify(fields), "hex"),
    fields,
  };
}

/** A person of whom anything was undone counts as updated. */
function countsOf(plans: UndoPlan[]): RunCounts {
  const updated = plans.filter((plan) => plan.undone.length > 0 || plan.unlink).length;
  return { ...emptyCounts(), fetched: plans.length, updated, unchanged: plans.length - updated };
}

function isEmailChange({ field }: FieldChange): boolean {
  return field === "email";
}
