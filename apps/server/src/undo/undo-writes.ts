import { hash } from "node:crypto";
import { forgetAppliedContent } from "../people/employees.sql.ts";
import { type ChangeWrite, writeBatch } from "../people/person-writes.sql.ts";
import {
  deleteContracts,
  deleteLinks,
  holdReverted,
  insertReversal,
  linkedAmong,
  markReverted,
  parkAddresses,
  removePeople,
  type ReversalAt,
  type RevertedHold,
} from "./undo-writes.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { emptyCounts, type RunCounts } from "../domain/plan/counts.ts";
import type { PlannedField } from "../domain/guards/hold-types.ts";
import type { ContractValues } from "../domain/records/employee.ts";
import type { FieldChange } from "../domain/records/operation.ts";
import type { RevertPerson, RevertPlan } from "../domain/undo/undo-types.ts";
import { employeeUpdate } from "../sync/writes.ts";

/** Carries plans out: rows, what was changed, what is marked as put back, and who is kept so. */
export async function writeReversal(
  trx: TenantTransaction,
  to: ReversalAt,
  of: {
    revertedRunId: string;
    requestedBy: string;
    people: ReadonlyMap<string, RevertPerson>;
    plans: RevertPlan[];
  },
): Promise<void> {
  const { customerId } = to;
  const { plans, people, requestedBy } = of;
  const kept = plans.filter((plan) => !plan.remove);
  const changes = plans.flatMap(changesOf).map((change, index) => ({ ...change, seq: index + 1 }));
  await insertReversal(trx, to, {
    requestedBy,
    counts: countsOf(plans),
    needsAttention: plans.some((plan) => plan.notReverted.length > 0),
    changes: changes.length,
  });
  await removeAgain(trx, customerId, plans);
  await parkAddresses(
    trx,
    customerId,
    kept.filter((plan) => plan.employeeChanges.some(isEmail)).map((plan) => plan.employeeId),
  );
  await writeBatch(trx, to, {
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
  await markReverted(
    trx,
    to,
    of.revertedRunId,
    plans.flatMap((plan) => plan.reverted),
  );
  const touched = plans.filter((plan) => plan.reverted.length > 0 || plan.unlink);
  await forgetAppliedContent(
    trx,
    customerId,
    touched.map((plan) => plan.employeeId),
  );
  await holdReverted(trx, to, await holdsOf(trx, to, touched, people));
}

/**
 * A hold is about whoever Liantis sends for this person from now on: the worker they are linked to today, or, without one, the worker
 * that the run wrote through, unless that is a colleague by now.
 */
async function holdsOf(
  trx: TenantTransaction,
  to: ReversalAt,
  plans: RevertPlan[],
  people: ReadonlyMap<string, RevertPerson>,
): Promise<RevertedHold[]> {
  const linkedNow = ({ employeeId }: RevertPlan) => people.get(employeeId)?.current?.linkedWorkerId ?? null;
  const unlinked = plans.filter((plan) => linkedNow(plan) === null);
  const others = await linkedAmong(
    trx,
    to,
    unlinked.map((plan) => plan.workerId),
  );
  return plans.flatMap((plan) => {
    const workerId = linkedNow(plan) ?? (others.has(plan.workerId) ? null : plan.workerId);
    return workerId === null ? [] : [holdOf(plan, workerId, people)];
  });
}

/** What the run had made: contracts, links, and people whom nobody has met yet. */
async function removeAgain(trx: TenantTransaction, customerId: string, plans: RevertPlan[]): Promise<void> {
  const gone = plans.flatMap(({ employeeId, removedContracts }) =>
    removedContracts.map(({ contractId }) => ({ employeeId, contractId })),
  );
  const idsOf = (those: RevertPlan[]) => those.map((plan) => plan.employeeId);
  await deleteContracts(trx, customerId, gone);
  await deleteLinks(trx, customerId, idsOf(plans.filter((plan) => plan.unlink || plan.remove)));
  await removePeople(trx, customerId, idsOf(plans.filter((plan) => plan.remove)));
}

/** Whoever is unlinked is a new version too: a run that planned them meanwhile must look again. */
function writesPerson({ employeeChanges, unlink }: RevertPlan): boolean {
  return employeeChanges.length > 0 || unlink;
}

function updateOf({ employeeId, employeeChanges }: RevertPlan, people: ReadonlyMap<string, RevertPerson>) {
  const employee = people.get(employeeId)?.current?.employee;
  if (employee === undefined) throw new Error("only somebody who is there is put back");
  return employeeUpdate(employee, employee.rowVersion, employeeChanges);
}

type Change = Omit<ChangeWrite, "seq">;

function changesOf(plan: RevertPlan): Change[] {
  const { employeeId, workerId } = plan;
  const about = { employeeId, workerId, reason: "reverted" } as const;
  const person: Change[] = [];
  const write = (kind: Change["kind"], contractId: string | null, fields: FieldChange[]) => {
    const pairs = Object.fromEntries(fields.map(({ field, before, after }) => [field, [before, after]]));
    person.push({ ...about, kind, contractId, fields: JSON.stringify(pairs) });
  };
  const link = { field: "link", before: workerId, after: null };
  if (plan.remove) write("remove", null, [link]);
  else if (plan.unlink) write("unlink", null, [link]);
  if (plan.employeeChanges.length > 0) write("update", null, plan.employeeChanges);
  for (const { contractId, changes } of plan.contracts) write("update", contractId, changes);
  for (const { contractId, ...contract } of plan.removedContracts)
    write("remove", contractId, goneValues(contract));
  return person;
}

function goneValues(values: ContractValues & { rowVersion: number; withdrawn: boolean }): FieldChange[] {
  const { rowVersion: _rowVersion, withdrawn: _withdrawn, ...fields } = values;
  return Object.entries(fields).flatMap(([field, before]) =>
    before === null ? [] : [{ field, before, after: null }],
  );
}

/** What Liantis would have us write again: what was put back, the other way round. */
function holdOf(plan: RevertPlan, workerId: string, people: ReadonlyMap<string, RevertPerson>): RevertedHold {
  const bySeq = new Map(people.get(plan.employeeId)?.changes.map((change) => [change.seq, change]));
  const fields = plan.reverted.flatMap(({ seq, fields: names }): PlannedField[] => {
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

/** Whoever was put back, in whole or in part, was changed by it; the others are as they were. */
function countsOf(plans: RevertPlan[]): RunCounts {
  const updated = plans.filter((plan) => plan.reverted.length > 0 || plan.unlink).length;
  return { ...emptyCounts(), fetched: plans.length, updated, unchanged: plans.length - updated };
}

function isEmail({ field }: FieldChange): boolean {
  return field === "email";
}
