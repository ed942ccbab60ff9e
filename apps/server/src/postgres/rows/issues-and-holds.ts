import type { Hold } from "@payflip/contract/holds.ts";
import type { IssueStatus } from "@payflip/contract/issues.ts";
import type { Generated } from "kysely";
import type { PlannedField } from "../../domain/guards/hold-types.ts";
import type { Json } from "./json-column.ts";

/** Rows of schema/10-issues-and-holds.sql, which says what each column holds. */

export interface IssueRow {
  customer_id: string;
  issue_id: string;
  entity_id: string;
  code: string;
  worker_id: Generated<string>;
  contract_id: Generated<string>;
  employee_id: string | null;
  params: Json<Record<string, string>>;
  status: IssueStatus;
  first_seen_at: string;
  last_seen_at: string;
  last_run_id: string | null;
  runs: Generated<number>;
  accepted_at: string | null;
  accepted_by: string | null;
  accepted_reason: string | null;
  review_on: string | null;
  closed_at: string | null;
}

/** Why something is held: a code, and what its text is filled in with. */
export interface StoredReason {
  code: string;
  params: Record<string, string>;
}

/** Whom a hold of a whole run is about. Ids alone: names are read when the hold is looked at. */
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
  worker_id: Generated<string>;
  employee_id: string | null;
  reasons: Json<StoredReason[]>;
  fields: Json<PlannedField[]>;
  people: Json<HoldPeople[]>;
  fingerprint: string;
  status: Hold["status"];
  last_run_id: string | null;
  created_at: string;
  decided_at: string | null;
  decided_by: string | null;
  used_at: Generated<string | null>;
  over_at: Generated<string | null>;
}
