import type pg from "pg";

/** Every row that the simulation judges, at one moment and past row-level security. */
export interface Snapshot {
  employees: EmployeeRow[];
  contracts: ContractRow[];
  accounts: AccountRow[];
  links: LinkRow[];
  runs: RunRow[];
  changes: ChangeRow[];
  fieldEdits: { employee_id: string; field: string; edited_at: string }[];
  holds: HoldRow[];
  issues: IssueRow[];
  entities: { entity_id: string; vat_number: string | null }[];
  connections: ConnectionRow[];
  choices: ChoiceRow[];
  tasks: TaskRow[];
  cases: CaseRow[];
  stagedWorkers: { run_id: string; worker_id: string }[];
  stagedPages: { run_id: string }[];
  mails: { mail_id: string; entity_id: string; template: string }[];
}

export interface EmployeeRow {
  customer_id: string;
  employee_id: string;
  entity_id: string;
  account_id: string;
  email: string;
  first_name: string;
  last_name: string;
  language: string;
  start_date: string;
  employee_number: string | null;
  current_contract_id: string | null;
  deactivated_at: string | null;
  end_date: string | null;
  invited_at: string | null;
  row_version: number;
  created_at: string;
  updated_at: string;
}

export interface ContractRow {
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
  withdrawn: boolean;
  row_version: number;
}

export interface AccountRow {
  account_id: string;
  customer_id: string;
  email: string;
  language: string;
}

export interface LinkRow {
  customer_id: string;
  entity_id: string;
  worker_id: string;
  employee_id: string;
  absent_since: string | null;
  settled: boolean;
}

/** Each fetched person is in exactly one of them. */
export const buckets = [
  "created",
  "linked",
  "updated",
  "unchanged",
  "waiting",
  "excluded",
  "held",
  "failed",
] as const;

type RunCounts = Record<(typeof buckets)[number] | "fetched" | "absent", number>;

export interface RunRow {
  customer_id: string;
  run_id: string;
  entity_id: string;
  trigger: string;
  status: "queued" | "running" | "finished" | "cancelled";
  verdict: string | null;
  phase: string | null;
  attempt: number;
  apply_after: string;
  change_seq: number;
  done: number;
  counts: RunCounts;
  error_code: string | null;
  accepted_hold_id: string | null;
  worker_id: string | null;
  kind: "full_listing" | "preview" | "person" | "undo";
  scheduled_for: string | null;
  created_at: string;
  finished_at: string | null;
}

export interface ChangeRow {
  customer_id: string;
  run_id: string;
  seq: number;
  entity_id: string;
  employee_id: string;
  worker_id: string;
  contract_id: string | null;
  kind: string;
  fields: Record<string, [string | null, string | null]>;
  undone_at: string | null;
  /** Of a change that was undone in part; null: all of it. */
  undone_fields: string[] | null;
  changed_at: string;
}

export interface HoldRow {
  customer_id: string;
  hold_id: string;
  run_id: string;
  entity_id: string;
  kind: string;
  status: "open" | "accepted" | "rejected" | "superseded";
  worker_id: string;
  employee_id: string | null;
  fingerprint: string;
  used_at: string | null;
  reasons: { code: string; params: Record<string, string> }[];
  fields: { contractId: string | null; field: string; before: string | null; after: string | null }[];
}

export interface IssueRow {
  customer_id: string;
  issue_id: string;
  entity_id: string;
  code: string;
  worker_id: string;
  contract_id: string;
  employee_id: string | null;
  status: "open" | "accepted" | "closed";
  params: Record<string, string>;
  last_run_id: string;
}

export interface ConnectionRow {
  customer_id: string;
  entity_id: string;
  state: string;
  mode: "full" | "selective" | null;
  enterprise_number: string | null;
  paused_reason: string | null;
  last_success_at: string | null;
  last_scheduled_date: string | null;
}

export interface ChoiceRow {
  customer_id: string;
  entity_id: string;
  worker_id: string;
  choice: string;
}

export interface TaskRow {
  customer_id: string;
  task_id: string;
  entity_id: string;
  kind: string;
  worker_id: string;
  employee_id: string | null;
  status: string;
  params: Record<string, string>;
}

export interface CaseRow {
  customer_id: string;
  case_id: string;
  entity_id: string;
  from_entity_id: string;
  worker_id: string;
  employee_id: string;
  status: string;
}

/** Decimal columns are read as text: JSON numbers would lose their digits. */
const contractColumns = `customer_id, employee_id, contract_id, entity_id, statute, wage_type, gross_amount::text, gross_monthly::text, start_date,
  end_date, weekly_hours::text, reference_weekly_hours::text, work_regime_percentage::text, employer_social_security_percentage::text,
  joint_committee, withdrawn, row_version`;

const tables: Record<keyof Snapshot, string> = {
  employees: "select * from employees order by customer_id, email",
  contracts: `select ${contractColumns} from wage_contracts order by customer_id, employee_id, contract_id`,
  accounts: "select account_id, customer_id, email, language from accounts order by email",
  links: "select * from links order by entity_id, worker_id",
  runs: "select * from runs order by created_at, entity_id, run_id",
  changes: "select * from changes order by run_id, seq",
  fieldEdits: "select employee_id, field, edited_at from field_edits order by employee_id, field",
  holds: "select * from holds order by entity_id, kind, worker_id, created_at, hold_id",
  issues: "select * from issues order by entity_id, code, worker_id, contract_id, first_seen_at, issue_id",
  entities: "select entity_id, vat_number from entities order by entity_id",
  connections: "select * from connections order by entity_id",
  choices: "select * from choices order by entity_id, worker_id",
  tasks: "select * from tasks order by entity_id, kind, worker_id, task_id",
  cases: "select * from cases order by entity_id, worker_id, case_id",
  stagedWorkers: "select run_id, worker_id from staged_workers",
  stagedPages: "select run_id from staged_pages",
  mails: "select mail_id, entity_id, template from mails order by created_at",
};

const statement = `select json_build_object(${Object.entries(tables)
  .map(([name, query]) => `'${name}', coalesce((select json_agg(t) from (${query}) t), '[]')`)
  .join(", ")}) as rows`;

export async function takeSnapshot(owner: pg.Pool): Promise<Snapshot> {
  const { rows } = await owner.query<{ rows: Snapshot }>({ name: "snapshot", text: statement });
  const snapshot = rows[0]?.rows;
  if (!snapshot) throw new Error("a snapshot has one row");
  return snapshot;
}

/** Accepted holds that a run has used: they have no further effect. */
export function usedHolds({ holds }: Snapshot): Set<string> {
  return new Set(holds.filter((hold) => hold.used_at !== null).map((hold) => hold.hold_id));
}
