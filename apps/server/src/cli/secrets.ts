import { verifierPlace } from "../connection/consent/consent-state.ts";
import { dropCandidateLists } from "../connection/candidates.sql.ts";
import { listCustomers } from "../access/customers.sql.ts";
import type { Database } from "../postgres/database.ts";
import { isSealedWithOldKey, type KeyRing, seal, type SealedPlace, unseal } from "../postgres/sealing.ts";
import { platformTransaction, type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { AppError } from "../domain/values/app-error.ts";
import { addKeptKey } from "../kept-keys.ts";
import { mailSecretPlace } from "../notify/queue-mail.ts";
import { type Command, commandConfig, print, withDatabase } from "./command.ts";

/**
 * Seals again, with the first key of SECRET_KEYS, whatever an older one sealed. Answers kept for repeated requests are left to
 * lapse: keep the old key in the ring for a day longer.
 */
export const rotateSecretsCommand: Command = {
  help: "",
  options: {},
  run: async ({ json, env, out }) => {
    const isKept = !env["SECRET_KEYS"] && !env["DATABASE_URL"];
    if (!isKept && !env["SECRET_KEYS"]) {
      throw new AppError(
        "CONFIG_INVALID",
        "SECRET_KEYS is not set: put the new key first and keep the old one behind it.",
      );
    }
    const ring = commandConfig(isKept ? addKeptKey(env) : env).secretKeys;
    const resealed = await withDatabase(env, (db) => resealAll(db, ring));
    if (json) print({ out }, { resealed });
    else
      out(
        `${resealed} secrets were sealed again with the key ${ring[0]?.id ?? ""}. ${isKept ? "Restart the server to use it." : "The older keys can go in 24 hours."}`,
      );
    return 0;
  },
};

async function resealAll(db: Database, ring: KeyRing): Promise<number> {
  const { customers } = await platformTransaction(db, (trx) =>
    listCustomers(trx, { limit: 1_000_000, after: null }),
  );
  let resealed = 0;
  for (const { customerId } of customers) {
    resealed += await tenantTransaction(db, { customerId, entityIds: "all" }, "app", async (trx) => {
      // Lists of candidates are asked for again: that is less than sealing them anew.
      await dropCandidateLists(trx, customerId);
      return (await resealVerifiers(trx, ring, customerId)) + (await resealMails(trx, ring, customerId));
    });
  }
  return resealed;
}

async function resealVerifiers(trx: TenantTransaction, ring: KeyRing, customerId: string): Promise<number> {
  const rows = await trx
    .selectFrom("consent_states")
    .select(["state_id", "code_verifier_sealed"])
    .forUpdate()
    .execute();
  const old = rows.filter((row) => isSealedWithOldKey(ring, row.code_verifier_sealed));
  for (const row of old) {
    const code_verifier_sealed = again(
      ring,
      verifierPlace(customerId, row.state_id),
      row.code_verifier_sealed,
    );
    await trx
      .updateTable("consent_states")
      .set({ code_verifier_sealed })
      .where("customer_id", "=", customerId)
      .where("state_id", "=", row.state_id)
      .execute();
  }
  return old.length;
}

async function resealMails(trx: TenantTransaction, ring: KeyRing, customerId: string): Promise<number> {
  const rows = await trx
    .selectFrom("mails")
    .select(["mail_id", "params"])
    .where("sent_at", "is", null)
    .forUpdate()
    .execute();
  let resealed = 0;
  for (const { mail_id, params } of rows) {
    const secret = params["secret"];
    if (secret === undefined || !isSealedWithOldKey(ring, secret)) continue;
    const fresh = JSON.stringify({
      ...params,
      secret: again(ring, mailSecretPlace(customerId, mail_id), secret),
    });
    await trx
      .updateTable("mails")
      .set({ params: fresh })
      .where("customer_id", "=", customerId)
      .where("mail_id", "=", mail_id)
      .execute();
    resealed += 1;
  }
  return resealed;
}

function again(ring: KeyRing, place: SealedPlace, sealed: string): string {
  return seal(ring, place, unseal(ring, place, sealed));
}
