import type { Generated } from "kysely";

/** Rows of schema/08-links.sql, which says what each column holds. */

export interface LinkRow {
  customer_id: string;
  entity_id: string;
  worker_id: string;
  employee_id: string;
  content_hash: Buffer | null;
  filled: Generated<number>;
  settled: Generated<boolean>;
  absent_since: string | null;
  employment_end: Generated<string | null>;
  linked_at: string;
}

export interface UnlinkedPairRow {
  customer_id: string;
  entity_id: string;
  worker_id: string;
  employee_id: string;
  unlinked_at: string;
}
