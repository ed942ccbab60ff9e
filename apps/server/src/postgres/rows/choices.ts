import type { Choice } from "@payflip/contract/candidates.ts";

/** Rows of schema/12-choices.sql, which says what each column holds. */

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
  sealed: string;
}
