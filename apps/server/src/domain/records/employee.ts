import type { ContractField, contractFields, personFields, StoredPersonField } from "./synced-fields.ts";
import type { FieldValue } from "./worker.ts";

/** The synchronised fields of an employee, as stored. */
export type PersonValues = {
  [Field in StoredPersonField]: (typeof personFields)[Field] extends { isRequired: true }
    ? FieldValue<(typeof personFields)[Field]>
    : FieldValue<(typeof personFields)[Field]> | null;
};

/**
 * The fields of a wage contract: what Liantis sent and what we derived from it. Decimal strings in canonical form (no superfluous
 * zeros beyond the column's scale).
 */
export type ContractValues = {
  [Field in ContractField]: FieldValue<(typeof contractFields)[Field]> | null;
};

/** An employee as stored, as far as planning needs it. */
export interface EmployeeTarget extends PersonValues {
  employeeId: string;
  rowVersion: number;
  deactivated: boolean;
  /** The wage contract that last drove the wage; it stays current while several run at once without an answer. */
  currentContractId: string | null;
  contracts: StoredContract[];
}

export interface StoredContract extends ContractValues {
  contractId: string;
  rowVersion: number;
  /** A complete listing of a present person no longer held it: history, never current. */
  withdrawn: boolean;
}
