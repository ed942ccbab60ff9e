import { currentContract } from "../wages/contract-timeline.ts";
import type { EmployeeTarget } from "../records/employee.ts";
import type { FieldChange } from "../records/operation.ts";
import { isSameValue, openFields, undoContracts, type ContractsUndo } from "./undo-contracts.ts";
import {
  type NotUndone,
  type NotUndoneReason,
  type CurrentPerson,
  type UndoPerson,
  type UndoPlan,
  type UndoPolicy,
  touchKey,
  type WrittenChange,
} from "./undo-types.ts";
import { isUpdatedPersonField } from "../records/synced-fields.ts";

/**
 * Which of a run's changes of one person can be undone, and why the others cannot. A field gets its old value if it still has
 * what the run wrote and was not written since. A person whom the run created is removed if they were neither invited nor
 * changed, and otherwise only unlinked; a person whom it matched is unlinked. The current contract is chosen by date, as
 * always.
 */
export function planUndo(person: UndoPerson, policy: UndoPolicy): UndoPlan {
  const refusal = findRefusal(person, policy);
  if (refusal !== null) return refusePlan(person, refusal);
  const { current } = person;
  if (current === null) return refusePlan(person, "changed_since");
  const creation = person.changes.find((change) => change.kind === "create" && change.contractId === null);
  return creation === undefined
    ? undoFields(person, current, policy)
    : undoCreation(person, current, creation);
}

function findRefusal(person: UndoPerson, policy: UndoPolicy): NotUndoneReason | null {
  if (policy.isUndo) return "reversal";
  if (person.changes.every((change) => openFields(change).length === 0)) return "already_reverted";
  return policy.valuesExpired ? "values_expired" : null;
}

function refusePlan(person: UndoPerson, reason: NotUndoneReason): UndoPlan {
  return { ...emptyPlan(person), notUndone: [{ contractId: null, field: null, reason }] };
}

function emptyPlan({ employeeId, workerId }: UndoPerson): UndoPlan {
  return {
    employeeId,
    workerId,
    remove: false,
    unlink: false,
    employeeChanges: [],
    removedContracts: [],
    contracts: [],
    undone: [],
    notUndone: [],
  };
}

function undoCreation(person: UndoPerson, current: CurrentPerson, creation: WrittenChange): UndoPlan {
  const contracts = undoContracts(person.changes, current.employee.contracts, person.touched);
  const isLinkedElsewhere = current.linkedWorkerId !== null && current.linkedWorkerId !== person.workerId;
  const isUntouched =
    person.touched.size === 0 &&
    !current.employee.deactivated &&
    !isLinkedElsewhere &&
    Object.entries(creation.fields).every(([field, [, after]]) => hasValue(current.employee, field, after)) &&
    contracts.after.length === 0;
  if (isUntouched && !current.invited) {
    return {
      ...emptyPlan(person),
      remove: true,
      removedContracts: contracts.removed,
      undone: person.changes.map((change) => ({ seq: change.seq, fields: openFields(change) })),
    };
  }
  const reason = current.invited ? "invited" : "touched";
  return {
    ...emptyPlan(person),
    unlink: current.linkedWorkerId === person.workerId,
    notUndone: [{ contractId: null, field: null, reason }],
  };
}

/** Compares the fields that a run writes; the current contract is chosen by date, so it never counts as an edit. */
function hasValue(employee: EmployeeTarget, field: string, value: string | null): boolean {
  if (field === "currentContractId") return true;
  if (field === "language") return employee.language === value;
  return isUpdatedPersonField(field) && employee[field] === value;
}

function undoFields(person: UndoPerson, current: CurrentPerson, policy: UndoPolicy): UndoPlan {
  const { employee } = current;
  const contracts = undoContracts(person.changes, employee.contracts, person.touched);
  const fields = undoPersonFields(person, employee, policy);
  const link = undoLink(person, current);
  const moved = undoCurrentContract(person, employee, contracts, policy.today);
  return {
    ...emptyPlan(person),
    unlink: link.undone.length > 0,
    employeeChanges: [...fields.changes, ...moved.changes],
    removedContracts: contracts.removed,
    contracts: contracts.updated,
    undone: mergeFields([...link.undone, ...fields.undone, ...moved.undone, ...contracts.undone]),
    notUndone: [...link.notUndone, ...fields.notUndone, ...moved.notUndone, ...contracts.notUndone],
  };
}

interface PartUndo {
  changes: FieldChange[];
  undone: { seq: number; fields: string[] }[];
  notUndone: NotUndone[];
}

function undoPersonFields(person: UndoPerson, employee: EmployeeTarget, policy: UndoPolicy): PartUndo {
  const result: PartUndo = { changes: [], undone: [], notUndone: [] };
  for (const change of person.changes) {
    if (change.contractId !== null || change.kind !== "update") continue;
    for (const field of openFields(change).filter(isUpdatedPersonField)) {
      const [before, after] = change.fields[field] ?? [null, null];
      const isFree = isSameValue(employee[field], after) && !person.touched.has(touchKey(null, field));
      const isTaken = field === "email" && policy.emailTaken.has(person.employeeId);
      if (isFree && !isTaken) {
        result.changes.push({ field, before: employee[field], after: before });
        result.undone.push({ seq: change.seq, fields: [field] });
      } else {
        const reason = isFree ? "email_taken" : "changed_since";
        result.notUndone.push({ contractId: null, field, reason });
      }
    }
  }
  return result;
}

function undoLink({ changes, workerId, touched }: UndoPerson, { linkedWorkerId }: CurrentPerson): PartUndo {
  const change = changes.find((one) => one.kind === "link" && openFields(one).length > 0);
  if (change === undefined) return { changes: [], undone: [], notUndone: [] };
  if (linkedWorkerId === workerId && !touched.has(touchKey(null, "link")))
    return { changes: [], undone: [{ seq: change.seq, fields: ["link"] }], notUndone: [] };
  return {
    changes: [],
    undone: [],
    notUndone: [{ contractId: null, field: "link", reason: "changed_since" }],
  };
}

/** The current contract follows from the contracts and the date, not from the change that is undone. */
function undoCurrentContract(
  person: UndoPerson,
  employee: EmployeeTarget,
  contracts: ContractsUndo,
  today: string,
): PartUndo {
  const field = "currentContractId";
  const change = person.changes.find((one) => one.contractId === null && openFields(one).includes(field));
  const areTheSame = contracts.removed.length === 0 && contracts.updated.length === 0;
  const result: PartUndo = { changes: [], undone: [], notUndone: [] };
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
  if (after === before) result.undone.push({ seq: change.seq, fields: [field] });
  else result.notUndone.push({ contractId: null, field, reason: isFree ? "still_needed" : "changed_since" });
  return result;
}

function mergeFields(parts: readonly { seq: number; fields: string[] }[]): UndoPlan["undone"] {
  const bySeq = new Map<number, string[]>();
  for (const { seq, fields } of parts) bySeq.set(seq, [...(bySeq.get(seq) ?? []), ...fields]);
  return [...bySeq].map(([seq, fields]) => ({ seq, fields })).toSorted((a, b) => a.seq - b.seq);
}
