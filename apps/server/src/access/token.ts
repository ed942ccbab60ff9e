import { createHash, randomBytes } from "node:crypto";

/** 32 random bytes as text that is safe in cookies, headers and URLs. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What a token is for. It is part of the hash: a token of one purpose is worth nothing for another. */
export type TokenPurpose =
  | "session"
  | "api-key"
  | "connect-link"
  | "consent-state"
  | "consent-cookie"
  | "account-link";

/** The SHA-256 of a token with its purpose, which is stored instead of it. 256 random bits need no slow hash. */
export function hashToken(purpose: TokenPurpose, token: string): Buffer {
  return createHash("sha256").update(`${purpose}:${token}`, "utf8").digest();
}
