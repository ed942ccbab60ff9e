import type { Mode } from "@payflip/contract/connection.ts";
import type { Generated } from "kysely";
import type { NullableJson } from "./json-column.ts";

/** Rows of schema/05-connections.sql, which says what each column holds. */

export type PausedReason = "consent_revoked" | "number_changed" | "failing";

/** A confirmed preview that waits for its run, and the state and mode that the connection returns to if it is outdated. */
export interface Confirming {
  previewId: string;
  stateBefore: "choosing" | "active";
  modeBefore: Mode | null;
}

export interface ConnectionRow {
  customer_id: string;
  entity_id: string;
  state: "available" | "consent_requested" | "choosing" | "active" | "paused" | "disabled";
  mode: Mode | null;
  enterprise_number: string | null;
  paused_reason: PausedReason | null;
  thresholds: NullableJson<Record<string, number>>;
  confirming: NullableJson<Confirming>;
  last_activation_error: NullableJson<{ code: string; occurredAt: string }>;
  activated_at: string | null;
  last_success_at: string | null;
  last_scheduled_date: string | null;
  contracts_as_of: Generated<string | null>;
  version: Generated<number>;
  updated_at: string;
}
