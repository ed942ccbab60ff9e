import type { RunPhase, RunStatus, RunTrigger, RunVerdict } from "@payflip/contract/syncs.ts";
import type { Generated } from "kysely";
import type { RunCounts } from "../../domain/plan/counts.ts";
import type { Json } from "./json-column.ts";

/** Rows of schema/07-runs.sql, which says what each column holds. */

/** What a run does. A preview ends before its first write; an undo is inserted as finished. */
export type RunKind = "full_listing" | "preview" | "person" | "undo";

export interface RunRow {
  customer_id: string;
  run_id: string;
  entity_id: string;
  kind: RunKind;
  trigger: RunTrigger;
  worker_id: Generated<string | null>;
  accepted_hold_id: string | null;
  scheduled_for: string | null;
  requested_by: string | null;
  status: RunStatus;
  phase: RunPhase | null;
  attempt: Generated<number>;
  listing: Generated<number>;
  cursor: string | null;
  pages: Generated<number>;
  declared_total: number | null;
  listing_ended: Generated<boolean>;
  apply_after: Generated<string>;
  done: Generated<number>;
  change_seq: Generated<number>;
  counts: Json<RunCounts>;
  verdict: RunVerdict | null;
  error_code: string | null;
  error_reference: string | null;
  created_at: string;
  started_at: string | null;
  phase_started_at: string | null;
  finished_at: string | null;
  left_at: Generated<string | null>;
}

export interface StagedPageRow {
  customer_id: string;
  run_id: string;
  entity_id: string;
  page: number;
  settled_worker_ids: string[];
  unchosen_worker_ids: Generated<string[]>;
  unreadable_worker_ids: string[];
  unreadable_nameless: number;
}

export interface StagedWorkerRow {
  customer_id: string;
  run_id: string;
  worker_id: string;
  entity_id: string;
  content_hash: Buffer;
  filled: number;
  met_twice: Generated<boolean>;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  employee_number: string | null;
  record: string;
}
