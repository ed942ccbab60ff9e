import type { ContractValues, EmployeeTarget, StoredContract } from "../records/employee.ts";
import type { FieldChange } from "../records/operation.ts";

/** One change of a run, as it is stored. */
export interface WrittenChange {
  seq: number;
  /** The wage contract it is about, or null for a change of the person. */
  contractId: string | null;
  kind: "create" | "link" | "update" | "withdraw" | "unlink" | "remove";
  /** field → before and after */
  fields: Readonly<Record<string, readonly [before: string | null, after: string | null]>>;
  /** Fields that were undone already. */
  undoneFields: ReadonlySet<string>;
}

/** What a run wrote of one person, and the person as they are now. */
export interface UndoPerson {
  employeeId: string;
  workerId: string;
  changes: readonly WrittenChange[];
  /** Null: the employee was removed, or belongs to another entity now. */
  current: CurrentPerson | null;
  /** Fields (`touchKey`) that were written since: by a later run, unless it was undone, or by hand. */
  touched: ReadonlySet<string>;
}

export interface CurrentPerson {
  employee: EmployeeTarget;
  /** The worker they are linked to now. */
  linkedWorkerId: string | null;
  invited: boolean;
}

export interface UndoPolicy {
  /** Calendar date in Europe/Brussels: the current contract is chosen anew. */
  today: string;
  /** Changes of wages are kept for 13 months. A run of which a part is deleted is not undone at all. */
  valuesExpired: boolean;
  /** The run is itself an undo. */
  isUndo: boolean;
  /** Employees whose old e-mail belongs to another person now. */
  emailTaken: ReadonlySet<string>;
}

export const notUndoneReasons = [
  "changed_since",
  "invited",
  "touched",
  "already_reverted",
  "values_expired",
  "email_taken",
  "still_needed",
  "reversal",
] as const;
export type NotUndoneReason = (typeof notUndoneReasons)[number];

export interface NotUndone {
  contractId: string | null;
  /** Null when it is about the person or the contract as a whole. */
  field: string | null;
  reason: NotUndoneReason;
}

/** A contract as it will be. */
export interface RestoredContract {
  contractId: string;
  rowVersion: number;
  after: ContractValues & { withdrawn: boolean };
  changes: FieldChange[];
}

/** What is undone of one person. Writing it decides nothing. */
export interface UndoPlan {
  employeeId: string;
  workerId: string;
  /** The run created the person: they are removed with their contracts. */
  remove: boolean;
  unlink: boolean;
  /** Fields of the person, and the current contract. */
  employeeChanges: FieldChange[];
  removedContracts: StoredContract[];
  contracts: RestoredContract[];
  /** Which fields of the run's changes are undone. */
  undone: { seq: number; fields: string[] }[];
  notUndone: NotUndone[];
}

/** Key of a field of a person or of one of their contracts. */
export function touchKey(contractId: string | null, field: string): string {
  return `${contractId ?? ""} ${field}`;
}
