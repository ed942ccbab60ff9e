import type { AccountLinkPurpose } from "@payflip/contract/accounts/account-links.ts";
import type { Language } from "../../domain/records/worker.ts";

/** Rows of schema/03-accounts.sql, which says what each column holds. */

export type RoleColumn = "admin" | "reader" | "success_manager" | "support";

export interface AccountRow {
  account_id: string;
  email: string;
  customer_id: string | null;
  name: string | null;
  language: Language;
  password_hash: string | null;
  created_at: string;
}

export interface MembershipRow {
  account_id: string;
  role: RoleColumn;
  customer_id: string | null;
  entity_ids: string[] | null;
  sees_wages: boolean;
  created_at: string;
}

export interface SessionRow {
  token_hash: Buffer;
  account_id: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
}

export interface ApiKeyRow {
  key_id: string;
  key_hash: Buffer;
  name: string;
  prefix: string;
  customer_id: string | null;
  account_id: string | null;
  role: RoleColumn;
  entity_ids: string[] | null;
  sees_wages: boolean;
  created_by: string;
  created_at: string;
  expires_on: string | null;
  last_used_on: string | null;
  revoked_at: string | null;
}

export interface AccountLinkRow {
  customer_id: string;
  token_hash: Buffer;
  account_id: string;
  purpose: AccountLinkPurpose;
  email: string;
  created_at: string;
  expires_at: string;
}
