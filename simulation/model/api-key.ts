import { createHash, randomBytes, randomUUID } from "node:crypto";
import type pg from "pg";

/** Gives a customer's admin an API key: only the SHA-256 of its purpose and itself is stored. @returns the key */
export async function giveApiKey(
  owner: pg.Pool,
  { customerId, entityIds, createdAt }: { customerId: string; entityIds: string[] | null; createdAt: string },
): Promise<string> {
  const key = `pfk_${randomBytes(32).toString("base64url")}`;
  await owner.query(
    `insert into api_keys (key_id, key_hash, customer_id, role, entity_ids, sees_wages, created_at)
     values ($1, $2, $3, 'admin', $4, true, $5)`,
    [randomUUID(), createHash("sha256").update(`api-key:${key}`).digest(), customerId, entityIds, createdAt],
  );
  return key;
}
