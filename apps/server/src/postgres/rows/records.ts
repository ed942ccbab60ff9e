import type { Language } from "../../domain/records/worker.ts";
import type { Json, NullableJson } from "./json-column.ts";

/** Rows of schema/14-records.sql, which says what each column holds. */

export interface IdempotencyKeyRow {
  customer_id: string;
  principal: string;
  key: string;
  request_hash: Buffer;
  status: number | null;
  response: NullableJson<unknown>;
  acted_at: string | null;
  created_at: string;
}

export interface AuditEntryRow {
  customer_id: string;
  entry_id: string;
  entity_id: string | null;
  actor: string;
  action: string;
  subject: string | null;
  reason: string | null;
  done_at: string;
}

export interface MailRow {
  customer_id: string;
  mail_id: string;
  entity_id: string | null;
  template: string;
  language: Language;
  recipient: string;
  params: Json<Record<string, string>>;
  created_at: string;
  sent_at: string | null;
}
