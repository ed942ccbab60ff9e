import type { Generated } from "kysely";
import type { Json } from "./json-column.ts";

/** Rows of schema/11-tasks-and-cases.sql, which says what each column holds. */

export type TaskKind =
  | "leaver"
  | "newcomers_waiting"
  | "no_budget"
  | "not_invited"
  | "contract_ending"
  | "entity_move"
  | "support";

export interface TaskRow {
  customer_id: string;
  task_id: string;
  entity_id: string;
  kind: TaskKind;
  worker_id: Generated<string>;
  employee_id: string | null;
  params: Json<Record<string, string>>;
  due_on: string | null;
  about: Generated<string>;
  status: "open" | "done" | "closed";
  first_seen_at: string;
  last_seen_at: string;
  last_run_id: string | null;
  ended_at: string | null;
  ended_by: string | null;
  over_at: Generated<string | null>;
}

/** One of the two records of a case; never with a wage. */
export interface CaseRecord {
  entityId: string;
  entityName: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  employeeNumber: string | null;
  startDate: string | null;
}

export interface CaseRow {
  customer_id: string;
  case_id: string;
  entity_id: string;
  from_entity_id: string;
  kind: "entity_move";
  worker_id: string;
  from_worker_id: Generated<string | null>;
  employee_id: string;
  records: Json<{ old: CaseRecord; new: CaseRecord }>;
  status: "open" | "confirmed" | "declined" | "closed";
  opened_at: string;
  last_seen_at: string;
  last_run_id: string | null;
  decided_at: string | null;
  decided_by: string | null;
  reason: string | null;
}
