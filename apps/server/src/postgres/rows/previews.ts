import type { Mode } from "@payflip/contract/connection.ts";
import type { OperationDifference } from "@payflip/contract/previews.ts";
import type { Generated } from "kysely";
import type { PlannedField } from "../../domain/guards/hold-types.ts";
import type { RunCounts } from "../../domain/plan/counts.ts";
import type { StoredReason } from "./issues-and-holds.ts";
import type { Json, NullableJson } from "./json-column.ts";

/** Rows of schema/13-previews.sql, which says what each column holds. */

export interface PreviewRow {
  customer_id: string;
  preview_id: string;
  entity_id: string;
  mode: Mode;
  worker_ids: string[] | null;
  differs_from: string | null;
  hash: string | null;
  counts: NullableJson<RunCounts>;
  released: Generated<number>;
  reasons: Json<StoredReason[]>;
  confirmed_at: string | null;
  created_at: string;
  expires_at: string;
  requested_by: string | null;
}

/** An issue as a preview keeps it. */
export interface PreviewIssue {
  code: string;
  /** Which of several causes an issue about a person has. */
  variant: string | null;
  /** Null for a person who is not linked: the params may name them. */
  params: Record<string, string> | null;
}

export interface PreviewOperationRow {
  customer_id: string;
  preview_id: string;
  worker_id: string;
  entity_id: string;
  bucket: string;
  employee_id: string | null;
  plan_hash: Buffer;
  fields: NullableJson<PlannedField[]>;
  issues: NullableJson<PreviewIssue[]>;
  reasons: NullableJson<StoredReason[]>;
  difference: OperationDifference | null;
}
