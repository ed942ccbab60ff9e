import type { ChangeReason } from "@payflip/contract/syncs.ts";
import type { Json } from "./json-column.ts";

/** Rows of schema/09-changes.sql, which says what each column holds. */

export interface ChangeRow {
  customer_id: string;
  run_id: string;
  seq: number;
  entity_id: string;
  employee_id: string;
  worker_id: string;
  contract_id: string | null;
  kind: "create" | "link" | "update" | "withdraw" | "unlink" | "remove";
  fields: Json<Record<string, [string | null, string | null]>>;
  reason: ChangeReason;
  changed_at: string;
  undone_at: string | null;
  undone_fields: string[] | null;
}
