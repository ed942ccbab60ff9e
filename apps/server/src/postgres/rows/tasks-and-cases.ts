import type { CaseRecord, CaseStatus } from "@payflip/contract/cases.ts";
import type { TaskKind, TaskStatus } from "@payflip/contract/tasks.ts";
import type { Generated } from "kysely";
import type { Json } from "./json-column.ts";

/** Rows of schema/11-tasks-and-cases.sql, which says what each column holds. */

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
  status: TaskStatus;
  first_seen_at: string;
  last_seen_at: string;
  last_run_id: string | null;
  ended_at: string | null;
  ended_by: string | null;
  over_at: Generated<string | null>;
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
  status: CaseStatus;
  opened_at: string;
  last_seen_at: string;
  last_run_id: string | null;
  decided_at: string | null;
  decided_by: string | null;
  reason: string | null;
}
