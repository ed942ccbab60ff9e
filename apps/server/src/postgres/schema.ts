import type { Generated } from "kysely";
import type { RunCounts } from "../domain/plan/counts.ts";
import type { Json, NullableJson } from "./json-column.ts";
import type { ConnectTokenRow, ConsentReceiptRow, ConsentStateRow } from "./schema-consents.ts";
import type { AuditEntryRow, IdempotencyKeyRow, MailRow } from "./schema-records.ts";
import type {
  CandidateListRow,
  CandidateRow,
  CaseRow,
  ChoiceRow,
  Confirming,
  HoldRow,
  KeptApartRow,
  PreviewOperationRow,
  PreviewRow,
  TaskRow,
} from "./schema-decisions.ts";

/** Row types of every table: snake_case stays inside `db/`. Dates and decimals are strings, instants RFC 3339 UTC. */
export interface Schema {
  customers: CustomerRow;
  entities: EntityRow;
  accounts: AccountRow;
  memberships: MembershipRow;
  sessions: SessionRow;
  api_keys: ApiKeyRow;
  employees: EmployeeRow;
  wage_contracts: WageContractRow;
  connections: ConnectionRow;
  consent_receipts: ConsentReceiptRow;
  consent_states: ConsentStateRow;
  connect_tokens: ConnectTokenRow;
  runs: RunRow;
  links: LinkRow;
  staged_pages: StagedPageRow;
  staged_workers: StagedWorkerRow;
  changes: ChangeRow;
  holds: HoldRow;
  issues: IssueRow;
  idempotency_keys: IdempotencyKeyRow;
  audit_entries: AuditEntryRow;
  mails: MailRow;
  choices: ChoiceRow;
  candidate_lists: CandidateListRow;
  candidates: CandidateRow;
  previews: PreviewRow;
  preview_operations: PreviewOperationRow;
  tasks: TaskRow;
  cases: CaseRow;
  kept_apart: KeptApartRow;
}

export type LanguageColumn = "nl" | "fr" | "en";
export type RoleColumn = "admin" | "reader" | "success_manager" | "support";

export interface CustomerRow {
  customer_id: string;
  name: string;
  language: LanguageColumn;
  migrated_from_flex_plan: Generated<boolean>;
  liantis_available_at: string | null;
  created_at: string;
}

export interface EntityRow {
  customer_id: string;
  entity_id: string;
  name: string;
  vat_number: string | null;
  email_domain: string | null;
  confirmed_number: string | null;
  confirmed_at: string | null;
  created_at: string;
}

export interface AccountRow {
  account_id: string;
  email: string;
  customer_id: string | null;
  name: string | null;
  language: LanguageColumn;
  password_hash: string | null;
  created_at: string;
}

export interface MembershipRow {
  account_id: string;
  role: RoleColumn;
  customer_id: string | null;
  /** null: every entity. */
  entity_ids: string[] | null;
  sees_wages: boolean;
  created_at: string;
}

export interface SessionRow {
  token_hash: Buffer;
  account_id: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
}

export interface ApiKeyRow {
  key_id: string;
  key_hash: Buffer;
  customer_id: string | null;
  role: RoleColumn;
  entity_ids: string[] | null;
  sees_wages: boolean;
  created_at: string;
  revoked_at: string | null;
}

export interface EmployeeRow {
  customer_id: string;
  employee_id: string;
  entity_id: string;
  account_id: string;
  email: string;
  first_name: string;
  last_name: string;
  /** Names, e-mail and number in lower case without accents: what the search looks in. */
  search_text: string;
  language: LanguageColumn;
  start_date: string;
  employee_number: string | null;
  current_contract_id: string | null;
  deactivated_at: string | null;
  end_date: string | null;
  invited_at: string | null;
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
  wage_type: string | null;
  gross_amount: string | null;
  gross_monthly: string | null;
  start_date: string | null;
  end_date: string | null;
  weekly_hours: string | null;
  reference_weekly_hours: string | null;
  work_regime_percentage: string | null;
  employer_social_security_percentage: string | null;
  joint_committee: string | null;
  withdrawn: Generated<boolean>;
  row_version: Generated<number>;
  updated_at: string;
}

/** Why a connection rests: the consent is gone, company details name another company, or nothing could be read for 28 days. */
export type PausedReason = "consent_revoked" | "number_changed" | "failing";

export interface ConnectionRow {
  customer_id: string;
  entity_id: string;
  state: "available" | "consent_requested" | "choosing" | "active" | "paused" | "disabled";
  mode: "full" | "selective" | null;
  enterprise_number: string | null;
  paused_reason: PausedReason | null;
  thresholds: NullableJson<Record<string, number>>;
  last_success_at: string | null;
  last_scheduled_date: string | null;
  /** Brussels date for which the current wage contracts were chosen last. */
  contracts_as_of: Generated<string | null>;
  last_activation_error: NullableJson<{ code: string; at: string }>;
  activated_at: string | null;
  confirming: NullableJson<Confirming>;
  version: Generated<number>;
  updated_at: string;
}

export type RunTrigger =
  | "first"
  | "nightly"
  | "manual"
  | "person"
  | "choice"
  | "mode"
  | "retry"
  | "hold"
  | "revert";
export type RunPhase = "fetch" | "plan" | "guard" | "apply" | "report";
export type RunVerdict = "in_order" | "needs_attention" | "held" | "incomplete" | "failed";

export interface RunRow {
  customer_id: string;
  run_id: string;
  entity_id: string;
  trigger: RunTrigger;
  status: "queued" | "running" | "finished" | "cancelled";
  verdict: RunVerdict | null;
  phase: RunPhase | null;
  /** Goes up each time a worker takes the run; a checkpoint of an older attempt is refused. */
  attempt: Generated<number>;
  /** Goes up each time the listing is read from its first page again. */
  listing: Generated<number>;
  cursor: string | null;
  pages: Generated<number>;
  declared_total: number | null;
  listing_ended: Generated<boolean>;
  /** Applied so far: everyone up to and including this workerId. */
  apply_after: Generated<string>;
  done: Generated<number>;
  change_seq: Generated<number>;
  counts: Json<RunCounts>;
  error_code: string | null;
  error_reference: string | null;
  accepted_hold_id: string | null;
  /** The one worker the run is about; null: everybody. */
  worker_id: Generated<string | null>;
  /** A preview ends before its first write. */
  is_preview: Generated<boolean>;
  scheduled_for: string | null;
  requested_by: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  phase_started_at: string | null;
  /** Of a cancelled run: when its worker had let go of it. */
  left_at: Generated<string | null>;
}

export interface LinkRow {
  customer_id: string;
  entity_id: string;
  worker_id: string;
  employee_id: string;
  /** Of the record that was applied last; null: plan this person again whatever Liantis sends. */
  content_hash: Buffer | null;
  /** Bit set of the fields that were filled in that record. */
  filled: Generated<number>;
  /** Applied without anything left open: as long as the hash is the same there is nothing to do. */
  settled: Generated<boolean>;
  absent_since: string | null;
  /** What Liantis said last of the end of the employment; never written to the employee. */
  employment_end: Generated<string | null>;
  linked_at: string;
}

export interface StagedPageRow {
  customer_id: string;
  run_id: string;
  entity_id: string;
  page: number;
  settled_worker_ids: string[];
  unreadable_worker_ids: string[];
  unreadable_nameless: number;
  /** In selective mode: those who are listed and not chosen. */
  unchosen_worker_ids: Generated<string[]>;
}

export interface StagedWorkerRow {
  customer_id: string;
  run_id: string;
  worker_id: string;
  entity_id: string;
  content_hash: Buffer;
  filled: number;
  email: string | null;
  employee_number: string | null;
  met_twice: Generated<boolean>;
  /** The canonical record as JSON text. */
  record: string;
}

export interface ChangeRow {
  customer_id: string;
  run_id: string;
  seq: number;
  entity_id: string;
  employee_id: string;
  worker_id: string;
  contract_id: string | null;
  kind: "create" | "link" | "update" | "withdraw" | "unlink" | "remove";
  /** field → [before, after] */
  fields: Json<Record<string, [string | null, string | null]>>;
  reason: string;
  at: string;
  reverted_at: string | null;
  /** Of a change that was put back in part: which fields; null: all of them. */
  reverted_fields: string[] | null;
}

export interface IssueRow {
  customer_id: string;
  issue_id: string;
  entity_id: string;
  code: string;
  worker_id: Generated<string>;
  contract_id: Generated<string>;
  employee_id: string | null;
  params: Json<Record<string, string>>;
  status: "open" | "accepted" | "closed";
  first_seen_at: string;
  last_seen_at: string;
  /** Null: not a run, but a change of company details raised it. */
  last_run_id: string | null;
  runs: Generated<number>;
  closed_at: string | null;
  accepted_reason: string | null;
  accepted_at: string | null;
  accepted_by: string | null;
  /** From this Brussels date on an accepted issue is open again. */
  review_on: string | null;
}
