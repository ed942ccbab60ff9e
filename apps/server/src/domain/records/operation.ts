import type { ContractValues, PersonValues } from "./employee.ts";
import type { UpdatedPersonField } from "./synced-fields.ts";

export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

export interface CreatedEmployee extends PersonValues {
  currentContractId: string | null;
}

/** One write, with what it was planned against. Applying decides nothing. */
export type Operation =
  | { kind: "create_employee"; after: CreatedEmployee; reason: OperationReason }
  | { kind: "link_employee"; employeeId: string; rowVersion: number; reason: OperationReason }
  | {
      kind: "update_employee";
      employeeId: string;
      rowVersion: number;
      changes: (FieldChange & { field: UpdatedPersonField | "currentContractId" | "language" })[];
      reason: OperationReason;
    }
  | { kind: "add_contract"; contractId: string; after: ContractValues; reason: OperationReason }
  | {
      kind: "update_contract";
      contractId: string;
      rowVersion: number;
      /** The whole row after the change; `changes` names the fields that differ. */
      after: ContractValues;
      changes: (FieldChange & { field: keyof ContractValues | "withdrawn" })[];
      reason: OperationReason;
    }
  | { kind: "withdraw_contract"; contractId: string; rowVersion: number; reason: OperationReason };

/** The reasons of a change that a plan gives; the contract has all of them, as `ChangeReason`. */
export type OperationReason = "new_worker" | "email_match" | "changed_in_liantis" | "contract_gone";
