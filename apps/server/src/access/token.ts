import { createHash, randomBytes } from "node:crypto";

/** 32 random bytes as text that fits cookies, headers and addresses. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token: its SHA-256. 256 random bits need no slow hash. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token, "utf8").digest();
}
