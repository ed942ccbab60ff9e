import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "../domain/values/app-error.ts";

/** The keys of SECRET_KEYS, which seal secrets at rest. The first one seals; each one opens what it sealed. */
export type KeyRing = readonly SealingKey[];

interface SealingKey {
  id: string;
  /** 32 bytes. */
  key: Buffer;
}

/** The row and column that a sealed value belongs to. Moved to another row, column or customer, it does not open. */
export interface SealedPlace {
  customerId: string;
  table: string;
  column: string;
  rowId: string;
}

/** Seals with AES-256-GCM, bound to its place: `v1.<keyId>.<base64url(iv|tag|ciphertext)>`. */
export function seal(keyRing: KeyRing, place: SealedPlace, plaintext: string): string {
  const [current] = keyRing;
  if (current === undefined) throw new AppError("SEALING_KEY_MISSING", "There is no key to seal with.");
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", current.key, iv);
  cipher.setAAD(boundTo(place));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return `v1.${current.id}.${Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString("base64url")}`;
}

/** @throws AppError SEALING_KEY_MISSING when its key is not on the ring, SEAL_BROKEN when the value was changed or moved */
export function unseal(keyRing: KeyRing, place: SealedPlace, sealed: string): string {
  const [, keyId = "", encoded = ""] = /^v1\.([\w-]+)\.([\w-]+)$/.exec(sealed) ?? [];
  const bytes = Buffer.from(encoded, "base64url");
  if (bytes.length < ivBytes + tagBytes)
    throw new AppError("SEAL_BROKEN", "A sealed value has no readable form.");
  const key = keyRing.find(({ id }) => id === keyId)?.key;
  if (key === undefined) throw new AppError("SEALING_KEY_MISSING", `There is no sealing key ${keyId}.`);
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(boundTo(place));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const ciphertext = bytes.subarray(ivBytes + tagBytes);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new AppError("SEAL_BROKEN", "A sealed value was changed or moved.", { cause });
  }
}

/** Whether the value is sealed with another key than the current one. */
export function isSealedWithOldKey(keyRing: KeyRing, sealed: string): boolean {
  return !sealed.startsWith(`v1.${keyRing[0]?.id ?? ""}.`);
}

const ivBytes = 12;
const tagBytes = 16;

/** As JSON, so that no two places give the same text. */
function boundTo({ customerId, table, column, rowId }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([customerId, table, column, rowId]), "utf8");
}
