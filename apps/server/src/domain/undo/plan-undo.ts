import { currentContract } from "../wages/contract-timeline.ts";
import type { EmployeeTarget } from "../records/employee.ts";
import type { FieldChange } from "../records/operation.ts";
import { isSameValue, openFields, revertContracts, type RevertedContracts } from "./undo-contracts.ts";
import {
  type NotReverted,
  type NotRevertedReason,
  type RevertCurrent,
  type RevertPerson,
  type RevertPlan,
  type RevertPolicy,
  touchKey,
  type WrittenChange,
} from "./undo-types.ts";
import { isUpdatedPersonField } from "../records/synced-fields.ts";

/**
 * What of a run's changes of one person can be put back, and what cannot and why. A field is put back where it still has what
 * the run wrote and nobody wrote it since. Somebody whom the run created goes again if they were neither invited nor touched,
 * else they are only unlinked; somebody whom it matched is unlinked again. Which contract is current is chosen by date, as
 * ever.
 */
export function planRevert(person: RevertPerson, policy: RevertPolicy): RevertPlan {
  const refusal = wholeRefusal(person, policy);
  if (refusal !== null) return refused(person, refusal);
  const { current } = person;
  if (current === null) return refused(person, "changed_since");
  const creation = person.changes.find((change) => change.kind === "create" && change.contractId === null);
  return creation === undefined
    ? putBackFields(person, current, policy)
    : undoCreation(person, current, creation);
}

function wholeRefusal(person: RevertPerson, policy: RevertPolicy): NotRevertedReason | null {
  if (policy.isReversal) return "reversal";
  if (person.changes.every((change) => openFields(change).length === 0)) return "already_reverted";
  return policy.valuesExpired ? "values_expired" : null;
}

function refused(person: RevertPerson, reason: NotRevertedReason): RevertPlan {
  return { ...nothing(person), notReverted: [{ contractId: null, field: null, reason }] };
}

function nothing({ employeeId, workerId }: RevertPerson): RevertPlan {
  return {
    employeeId,
    workerId,
    remove: false,
    unlink: false,
    employeeChanges: [],
    removedContracts: [],
    contracts: [],
    reverted: [],
    notReverted: [],
  };
}

function undoCreation(person: RevertPerson, current: RevertCurrent, creation: WrittenChange): RevertPlan {
  const contracts = revertContracts(person.changes, current.employee.contracts, person.touched);
  const isLinkedElsewhere = current.linkedWorkerId !== null && current.linkedWorkerId !== person.workerId;
  const isUntouched =
    person.touched.size === 0 &&
    !current.employee.deactivated &&
    !isLinkedElsewhere &&
    Object.entries(creation.fields).every(([field, [, after]]) => hasValue(current.employee, field, after)) &&
    contracts.after.length === 0;
  if (isUntouched && !current.invited) {
    return {
      ...nothing(person),
      remove: true,
      removedContracts: contracts.removed,
      reverted: person.changes.map((change) => ({ seq: change.seq, fields: openFields(change) })),
    };
  }
  const reason = current.invited ? "invited" : "touched";
  return {
    ...nothing(person),
    unlink: current.linkedWorkerId === person.workerId,
    notReverted: [{ contractId: null, field: null, reason }],
  };
}

/** Of the fields that a run writes; which contract is current goes by date and is nobody's edit. */
function hasValue(employee: EmployeeTarget, field: string, value: string | null): boolean {
  if (field === "currentContractId") return true;
  if (field === "language") return employee.language === value;
  return isUpdatedPersonField(field) && employee[field] === value;
}

function putBackFields(person: RevertPerson, current: RevertCurrent, policy: RevertPolicy): RevertPlan {
  const { employee } = current;
  const contracts = revertContracts(person.changes, employee.contracts, person.touched);
  const fields = revertPersonFields(person, employee, policy);
  const link = revertLink(person, current);
  const moved = revertCurrentContract(person, employee, contracts, policy.today);
  return {
    ...nothing(person),
    unlink: link.reverted.length > 0,
    employeeChanges: [...fields.changes, ...moved.changes],
    removedContracts: contracts.removed,
    contracts: contracts.updated,
    reverted: mergeFields([...link.reverted, ...fields.reverted, ...moved.reverted, ...contracts.reverted]),
    notReverted: [...link.notReverted, ...fields.notReverted, ...moved.notReverted, ...contracts.notReverted],
  };
}

interface PutBack {
  changes: FieldChange[];
  reverted: { seq: number; fields: string[] }[];
  notReverted: NotReverted[];
}

function revertPersonFields(person: RevertPerson, employee: EmployeeTarget, policy: RevertPolicy): PutBack {
  const result: PutBack = { changes: [], reverted: [], notReverted: [] };
  for (const change of person.changes) {
    if (change.contractId !== null || change.kind !== "update") continue;
    for (const field of openFields(change).filter(isUpdatedPersonField)) {
      const [before, after] = change.fields[field] ?? [null, null];
      const isFree = isSameValue(employee[field], after) && !person.touched.has(touchKey(null, field));
      const isTaken = field === "email" && policy.emailTaken.has(person.employeeId);
      if (isFree && !isTaken) {
        result.changes.push({ field, before: employee[field], after: before });
        result.reverted.push({ seq: change.seq, fields: [field] });
      } else {
        const reason = isFree ? "email_taken" : "changed_since";
        result.notReverted.push({ contractId: null, field, reason });
      }
    }
  }
  return result;
}

function revertLink(
  { changes, workerId, touched }: RevertPerson,
  { linkedWorkerId }: RevertCurrent,
): PutBack {
  const change = changes.find((one) => one.kind === "link" && openFields(one).length > 0);
  if (change === undefined) return { changes: [], reverted: [], notReverted: [] };
  if (linkedWorkerId === workerId && !touched.has(touchKey(null, "link")))
    return { changes: [], reverted: [{ seq: change.seq, fields: ["link"] }], notReverted: [] };
  return {
    changes: [],
    reverted: [],
    notReverted: [{ contractId: null, field: "link", reason: "changed_since" }],
  };
}

/** The current contract follows from the contracts and the date; it is put back only where they say so. */
function revertCurrentContract(
  person: RevertPerson,
  employee: EmployeeTarget,
  contracts: RevertedContracts,
  today: string,
): PutBack {
  const field = "currentContractId";
  const change = person.changes.find((one) => one.contractId === null && openFields(one).includes(field));
  const areTheSame = contracts.removed.length === 0 && contracts.updated.length === 0;
  const result: PutBack = { changes: [], reverted: [], notReverted: [] };
  if (change === undefined && areTheSame) return result;
  const [before, written] = change?.fields[field] ?? [null, null];
  const isFree = change !== undefined && employee.currentContractId === written;
  const lastDecidedId = isFree ? before : employee.currentContractId;
  const current = currentContract(contracts.after, today, lastDecidedId);
  const kept = current.kind === "several" ? current.keptId : null;
  const after = current.kind === "one" ? current.contractId : kept;
  if (after !== employee.currentContractId)
    result.changes.push({ field, before: employee.currentContractId, after });
  if (change === undefined) return result;
  if (after === before) result.reverted.push({ seq: change.seq, fields: [field] });
  else
    result.notReverted.push({ contractId: null, field, reason: isFree ? "still_needed" : "changed_since" });
  return result;
}

function mergeFields(parts: readonly { seq: number; fields: string[] }[]): RevertPlan["reverted"] {
  const bySeq = new Map<number, string[]>();
  for (const { seq, fields } of parts) bySeq.set(seq, [...(bySeq.get(seq) ?? []), ...fields]);
  return [...bySeq].map(([seq, fields]) => ({ seq, fields })).toSorted((a, b) => a.seq - b.seq);
}
