import type { Language } from "../../domain/records/worker.ts";

/** Rows of schema/06-consents.sql, which says what each column holds. */

export interface ConsentReceiptRow {
  customer_id: string;
  receipt_id: string;
  entity_id: string;
  enterprise_number: string;
  consent_id: string;
  signer_subject: string;
  signer_name: string | null;
  signer_email: string | null;
  signer_role: string;
  addressee_email: string | null;
  signer_is_addressee: boolean | null;
  data_categories: string[];
  text_version: string;
  granted_at: string;
  recorded_at: string;
}

export interface ConsentStateRow {
  customer_id: string;
  state_id: string;
  entity_id: string;
  state_hash: Buffer;
  binding_hash: Buffer;
  enterprise_number: string;
  nonce: string;
  code_verifier_sealed: string;
  connect_token_id: string | null;
  account_id: string | null;
  created_at: string;
  expires_at: string;
  used_at: string | null;
}

export interface ConnectTokenRow {
  customer_id: string;
  token_id: string;
  entity_id: string;
  token_hash: Buffer;
  enterprise_number: string;
  addressee_email: string | null;
  language: Language;
  created_at: string;
  expires_at: string;
  ended_at: string | null;
}
