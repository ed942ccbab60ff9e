import type { ContractValues, EmployeeTarget, StoredContract } from "../records/employee.ts";
import type { FieldChange } from "../records/operation.ts";

/** One change of a run as it was written down. */
export interface WrittenChange {
  seq: number;
  /** The wage contract it is about, or null for a change of the person. */
  contractId: string | null;
  kind: "create" | "link" | "update" | "withdraw" | "unlink" | "remove";
  /** field → before and after */
  fields: Readonly<Record<string, readonly [before: string | null, after: string | null]>>;
  /** Fields of it that were put back already. */
  revertedFields: ReadonlySet<string>;
}

/** What a run wrote of one person, and how that person stands now. */
export interface RevertPerson {
  employeeId: string;
  workerId: string;
  changes: readonly WrittenChange[];
  /** Null when the employee is gone, or another entity's by now. */
  current: RevertCurrent | null;
  /** What somebody wrote since (`touchKey`): a later run whose change stands, or a hand. */
  touched: ReadonlySet<string>;
}

export interface RevertCurrent {
  employee: EmployeeTarget;
  /** The worker they are linked to now. */
  linkedWorkerId: string | null;
  invited: boolean;
}

export interface RevertPolicy {
  /** Calendar date in Europe/Brussels: the current contract is chosen anew. */
  today: string;
  /** Changes of wages are kept for 13 months; half of a run is not put back. */
  valuesExpired: boolean;
  /** The run is itself a putting back. */
  isReversal: boolean;
  /** Employees whose old address is somebody else's by now. */
  emailTaken: ReadonlySet<string>;
}

export const notRevertedReasons = [
  "changed_since",
  "invited",
  "touched",
  "already_reverted",
  "values_expired",
  "email_taken",
  "still_needed",
  "reversal",
] as const;
export type NotRevertedReason = (typeof notRevertedReasons)[number];

export interface NotReverted {
  contractId: string | null;
  /** Null when it is about the person or the contract as a whole. */
  field: string | null;
  reason: NotRevertedReason;
}

/** A contract as it will be, with what is put back of it. */
export interface RevertedContract {
  contractId: string;
  rowVersion: number;
  after: ContractValues & { withdrawn: boolean };
  changes: FieldChange[];
}

/** What is put back of one person. Applying decides nothing. */
export interface RevertPlan {
  employeeId: string;
  workerId: string;
  /** The person was created by the run, and goes again with all of their contracts. */
  remove: boolean;
  unlink: boolean;
  /** Fields of the person, and which contract is current then. */
  employeeChanges: FieldChange[];
  removedContracts: StoredContract[];
  contracts: RevertedContract[];
  /** What of the run's changes is put back. */
  reverted: { seq: number; fields: string[] }[];
  notReverted: NotReverted[];
}

/** A field of a person, or of one of their contracts, as it is looked up. */
export function touchKey(contractId: string | null, field: string): string {
  return `${contractId ?? ""} ${field}`;
}
