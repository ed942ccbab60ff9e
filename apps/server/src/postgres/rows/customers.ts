import type { Generated } from "kysely";
import type { Language } from "../../domain/records/worker.ts";

/** Rows of schema/02-customers.sql, which says what each column holds. */

export interface CustomerRow {
  customer_id: string;
  name: string;
  language: Language;
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
