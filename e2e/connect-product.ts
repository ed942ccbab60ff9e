import { createApiKey } from "../apps/server/src/access/api-keys.ts";
import { newId } from "../apps/server/src/postgres/ids.ts";
import { tenantTransaction } from "../apps/server/src/postgres/transaction.ts";
import { newestRun, type Product, untilNextRunEnds } from "./product.ts";

/** Brings the product to the end of the activation: consent given, full mode, first run finished. */
export async function connect(product: Product): Promise<void> {
  const { customerId, entityId, enterpriseNumber, database, simulator } = product;
  simulator.control.setConsent(enterpriseNumber, "granted");
  const now = new Date().toISOString();
  await tenantTransaction(database.db, { customerId, entityIds: "all" }, "app", (trx) =>
    trx
      .insertInto("connections")
      .values({
        customer_id: customerId,
        entity_id: entityId,
        state: "active",
        mode: "full",
        enterprise_number: enterpriseNumber,
        paused_reason: null,
        last_success_at: null,
        last_scheduled_date: null,
        activated_at: now,
        updated_at: now,
      })
      .execute(),
  );
  await syncThroughApi(product);
}

/** Starts Sync now with an API key and waits for its end. @returns the run as stored */
export async function syncThroughApi(product: Product) {
  const key = await apiKey(product);
  const ended = await untilNextRunEnds(product);
  const answer = await fetch(`${product.url}/api/v1/entities/${product.entityId}/liantis/syncs`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "idempotency-key": newId() },
  });
  if (answer.status !== 202) throw new Error(`Sync now answered ${answer.status}: ${await answer.text()}`);
  await ended.wait();
  return await newestRun(product);
}

const keys = new WeakMap<Product, Promise<string>>();

/** An admin key of the product's customer; each product has one. */
export function apiKey(product: Product): Promise<string> {
  const known = keys.get(product);
  if (known) return known;
  const access = { customerId: product.customerId, role: "admin", entityIds: null, wages: true } as const;
  const made = createApiKey(product.database.db, access, new Date());
  keys.set(product, made);
  return made;
}
