import type { Generated } from "kysely";
import type { Language } from "../../domain/records/worker.ts";

/** Rows of schema/04-employees.sql, which says what each column holds. */

export interface EmployeeRow {
  customer_id: string;
  employee_id: string;
  entity_id: string;
  account_id: string;
  email: string;
  first_name: string;
  last_name: string;
  search_text: string;
  language: Language;
  employee_number: string | null;
  start_date: string;
  end_date: string | null;
  current_contract_id: string | null;
  invited_at: string | null;
  deactivated_at: string | null;
  row_version: Generated<number>;
  created_at: string;
  updated_at: string;
}

export interface WageContractRow {
  customer_id: string;
  employee_id: string;
  contract_id: string;
  entity_id: string;
  statute: string | null;
  joint_committee: string | null;
  start_date: string | null;
  end_date: string | null;
  wage_type: string | null;
  gross_amount: string | null;
  gross_monthly: string | null;
  weekly_hours: string | null;
  reference_weekly_hours: string | null;
  work_regime_percentage: string | null;
  employer_social_security_percentage: string | null;
  withdrawn: Generated<boolean>;
  row_version: Generated<number>;
  updated_at: string;
}
