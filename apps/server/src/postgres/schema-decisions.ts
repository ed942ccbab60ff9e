import type { Generated } from "kysely";
import type { RunCounts } from "../domain/plan/counts.ts";
import type { PlannedField } from "../domain/guards/hold-types.ts";
import type { Json, NullableJson } from "./json-column.ts";

/** Row types of what people decide: choices, previews, tasks, cases, who is kept apart. */

export type Choice = "selected" | "excluded" | "waiting" | "released";

export interface ChoiceRow {
  customer_id: string;
  entity_id: string;
  worker_id: string;
  choice: Choice;
  first_seen_at: string;
  decided_at: string | null;
  decided_by: string | null;
}

export interface CandidateListRow {
  customer_id: string;
  entity_id: string;
  fetched_at: string;
  expires_at: string;
  total: number;
}

export interface CandidateRow {
  customer_id: string;
  entity_id: string;
  worker_id: string;
  /** What the picker shows of a candidate, encrypted. */
  sealed: string;
}

export interface PreviewRow {
  customer_id: string;
  /** The id of the run that made it. */
  preview_id: string;
  entity_id: string;
  mode: "full" | "selective";
  worker_ids: string[] | null;
  /** Of everything it shows; null while it is made. */
  hash: string | null;
  counts: NullableJson<RunCounts>;
  reasons: Json<{ code: string; params: Record<string, string> }[]>;
  /** Linked people who would stop being updated. */
  released: Generated<number>;
  /** The preview that was confirmed and found to be outdated: this one shows what is different. */
  differs_from: string | null;
  confirmed_at: string | null;
  created_at: string;
  expires_at: string;
  requested_by: string | null;
}

/** An issue as a preview keeps it. */
export interface ToldIssue {
  code: string;
  /** Which of several causes an issue about a person has. */
  variant: string | null;
  /** Null of somebody who is not linked: what it names of them is not kept. */
  params: Record<string, string> | null;
}

export interface ToldReason {
  code: string;
  /** Of somebody who is not linked the limits alone. */
  params: Record<string, string>;
}

export interface PreviewOperationRow {
  customer_id: string;
  preview_id: string;
  worker_id: string;
  entity_id: string;
  bucket: string;
  employee_id: string | null;
  /** Keyed hash of what would be written of this person. */
  plan_hash: Buffer;
  /** Of linked people alone: what would change. */
  fields: NullableJson<PlannedField[]>;
  /** Of whoever would be held or fail: why. */
  issues: NullableJson<ToldIssue[]>;
  reasons: NullableJson<ToldReason[]>;
  /** Against the preview before: planned otherwise, newly planned, or not planned any more. */
  difference: "new" | "changed" | "gone" | null;
}

/** A confirmed preview that waits for the run that carries it out, and what the connection goes back to if it is outdated. */
export interface Confirming {
  previewId: string;
  from: "choosing" | "active";
  modeBefore: "full" | "selective" | null;
}

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
  /** "" for a task about the whole entity. */
  worker_id: Generated<string>;
  employee_id: string | null;
  params: Json<Record<string, string>>;
  due_on: string | null;
  /** What exactly it asks: once done, the same is not asked again. */
  about: Generated<string>;
  /** Of a done task: when what it was about had passed. */
  over_at: Generated<string | null>;
  /** `done`: somebody said so; `closed`: it ended by itself. */
  status: "open" | "done" | "closed";
  first_seen_at: string;
  last_seen_at: string;
  last_run_id: string | null;
  ended_at: string | null;
  ended_by: string | null;
}

/** What both records of somebody who moved say, side by side; never a wage. */
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
  /** Where the person is listed now. */
  entity_id: string;
  from_entity_id: string;
  kind: "entity_move";
  worker_id: string;
  employee_id: string;
  records: Json<{ from: CaseRecord; to: CaseRecord }>;
  status: "open" | "confirmed" | "declined" | "closed";
  opened_at: string;
  last_seen_at: string;
  last_run_id: string | null;
  decided_at: string | null;
  decided_by: string | null;
  reason: string | null;
  /** Who the person was at the entity they moved away from, as long as Liantis lists them there too. */
  from_worker_id: Generated<string | null>;
}

export interface KeptApartRow {
  customer_id: string;
  entity_id: string;
  worker_id: string;
  employee_id: string;
  at: string;
}

/** Whom a hold of a run is about, as it is stored: ids alone, for names are read when it is looked at. */
export interface HoldPeople {
  /** `absent`, or the field that is empty now. */
  about: string;
  total: number;
  people: { workerId: string; employeeId: string }[];
}

export interface HoldRow {
  customer_id: string;
  hold_id: string;
  run_id: string;
  entity_id: string;
  kind: string;
  reasons: Json<{ code: string; params: Record<string, string> }[]>;
  /** What exactly was held: accepting it lets just this through. */
  fingerprint: string;
  status: "open" | "accepted" | "rejected" | "superseded";
  /** "" for a hold of the whole run. */
  worker_id: Generated<string>;
  employee_id: string | null;
  /** What is kept back of a person. */
  fields: Json<PlannedField[]>;
  /** Of a hold of a run: who is missing, and whose field is empty. */
  people: Json<HoldPeople[]>;
  /** The run that met it last. */
  last_run_id: string | null;
  created_at: string;
  decided_at: string | null;
  decided_by: string | null;
  /** Of a rejected hold of a person: since when Liantis no longer sends it; null: it still keeps something back. */
  over_at: Generated<string | null>;
  /** Of an accepted hold of a person: when it had let through what it was for; null: it still does. */
  used_at: Generated<string | null>;
}
