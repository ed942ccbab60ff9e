import type { Generated } from "kysely";
import type { ContractValues, PersonValues } from "../../domain/records/employee.ts";
import type { ColumnsOf } from "../field-columns.ts";

/** Rows of schema/04-employees.sql, which says what each column holds. */

export interface EmployeeRow extends ColumnsOf<PersonValues> {
  customer_id: string;
  employee_id: string;
  entity_id: string;
  account_id: string;
  search_text: string;
  end_date: string | null;
  current_contract_id: string | null;
  invited_at: string | null;
  deactivated_at: string | null;
  row_version: Generated<number>;
  created_at: string;
  updated_at: string;
}

export interface WageContractRow extends ColumnsOf<ContractValues> {
  customer_id: string;
  employee_id: string;
  contract_id: string;
  entity_id: string;
  withdrawn: Generated<boolean>;
  row_version: Generated<number>;
  updated_at: string;
}
