import { createHash, randomBytes } from "node:crypto";

/** 32 random bytes as text that is safe in cookies, headers and URLs. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The SHA-256 of a token, which is stored instead of it. 256 random bits need no slow hash. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token, "utf8").digest();
}
