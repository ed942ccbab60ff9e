import { listCustomers } from "../access/customers.sql.ts";
import { listOperators } from "../accounts/operators.sql.ts";
import { dropCandidateLists } from "../connection/candidates.sql.ts";
import { verifierPlace } from "../connection/consent/consent-state.ts";
import { AppError } from "../domain/values/app-error.ts";
import { addKeptKey } from "../kept-keys.ts";
import { mailSecretPlace } from "../notify/queue-mail.ts";
import type { Database } from "../postgres/database.ts";
import { isSealedWithOldKey, type KeyRing, type SealedPlace, seal, unseal } from "../postgres/sealing.ts";
import {
  platformTransaction,
  strangerTransaction,
  type TenantTransaction,
  tenantTransaction,
} from "../postgres/transaction.ts";
import { type Command, commandConfig, print, withDatabase } from "./command.ts";
import {
  lockSealedVerifiers,
  lockUnsentMails,
  updateMailParams,
  updateSealedVerifier,
} from "./secrets.sql.ts";

/**
 * Seals every secret of an older key again with the first key of SECRET_KEYS. The kept answers of idempotent requests are left:
 * they expire after 24 hours, so the old key must stay in the ring for a day.
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
    const next = isKept ? "Restart the server to use it." : "The older keys can go in 24 hours.";
    if (json) print({ out }, { resealed });
    else out(`${resealed} secrets were sealed again with the key ${ring[0]?.id ?? ""}. ${next}`);
    return 0;
  },
};

async function resealAll(db: Database, ring: KeyRing): Promise<number> {
  const { customers } = await platformTransaction(db, (trx) =>
    listCustomers(trx, { limit: 1_000_000, after: null }),
  );
  // The mails to an operator are kept under the id of the operator's account.
  const operators = await strangerTransaction(db, listOperators);
  const tenants = [...customers.map((one) => one.customerId), ...operators.map((one) => one.accountId)];
  let resealed = 0;
  for (const customerId of tenants) {
    resealed += await tenantTransaction(db, { customerId, entityIds: "all" }, "app", async (trx) => {
      // Candidate lists are dropped: fetching them again is cheaper than sealing them again.
      await dropCandidateLists(trx, customerId);
      return (await resealVerifiers(trx, ring, customerId)) + (await resealMails(trx, ring, customerId));
    });
  }
  return resealed;
}

async function resealVerifiers(trx: TenantTransaction, ring: KeyRing, customerId: string): Promise<number> {
  const verifiers = await lockSealedVerifiers(trx);
  const old = verifiers.filter(({ sealed }) => isSealedWithOldKey(ring, sealed));
  for (const { stateId, sealed } of old) {
    const resealed = reseal(ring, verifierPlace(customerId, stateId), sealed);
    await updateSealedVerifier(trx, customerId, { stateId, sealed: resealed });
  }
  return old.length;
}

async function resealMails(trx: TenantTransaction, ring: KeyRing, customerId: string): Promise<number> {
  let resealed = 0;
  for (const { mailId, params } of await lockUnsentMails(trx)) {
    const secret = params["secret"];
    if (secret === undefined || !isSealedWithOldKey(ring, secret)) continue;
    const fresh = reseal(ring, mailSecretPlace(customerId, mailId), secret);
    await updateMailParams(trx, customerId, { mailId, params: { ...params, secret: fresh } });
    resealed += 1;
  }
  return resealed;
}

function reseal(ring: KeyRing, place: SealedPlace, sealed: string): string {
  return seal(ring, place, unseal(ring, place, sealed));
}
