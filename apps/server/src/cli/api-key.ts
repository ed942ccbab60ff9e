import type { ApiKey } from "@payflip/contract/accounts/api-keys.ts";
import { listApiKeys } from "../access/api-keys.sql.ts";
import { createApiKey, revokeApiKey } from "../access/api-keys.ts";
import { AppError } from "../domain/values/app-error.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import {
  assertCustomer,
  type Command,
  customerOfEntity,
  type OptionValues,
  print,
  required,
  requiredId,
  texts,
  UsageError,
  withDatabase,
} from "./command.ts";

export const createApiKeyCommand: Command = {
  help: "--customer ID --role admin|reader [--name N] [--wages] [--entity ID]… [--expires-on YYYY-MM-DD]",
  options: {
    customer: { type: "string" },
    role: { type: "string" },
    name: { type: "string" },
    wages: { type: "boolean" },
    entity: { type: "string", multiple: true },
    "expires-on": { type: "string" },
  },
  run: async ({ options, env, out }) => {
    const customerId = requiredId(options, "customer");
    const role = roleOf(required(options, "role"));
    const entityIds = texts(options, "entity").map((entity) => requiredId({ entity }, "entity"));
    const expiresOn = dateOf(options);
    const apiKey = await withDatabase(env, async (db) => {
      await assertCustomer(db, customerId);
      for (const entityId of entityIds) {
        if ((await customerOfEntity(db, entityId)) !== customerId)
          throw new AppError("NOT_FOUND", "The customer has no entity with this id.");
      }
      const key = {
        customerId,
        role,
        entityIds: entityIds.length === 0 ? null : entityIds,
        wages: options["wages"] === true,
        expiresOn,
        ...(typeof options["name"] === "string" ? { name: options["name"] } : {}),
      };
      return await createApiKey(db, key, new Date());
    });
    print({ out }, { apiKey });
    return 0;
  },
};

export const apiKeyListCommand: Command = {
  help: "--customer ID",
  options: { customer: { type: "string" } },
  run: async ({ options, json, env, out }) => {
    const customerId = requiredId(options, "customer");
    const { keys } = await withDatabase(env, async (db) => {
      await assertCustomer(db, customerId);
      const scope = { customerId, entityIds: "all" as const };
      return await tenantTransaction(db, scope, "app", (trx) =>
        listApiKeys(trx, scope, { limit: 10_000, after: null }),
      );
    });
    if (json) print({ out }, keys);
    else
      for (const { keyId, prefix, name, role, lastUsedOn, expiresOn, revokedAt } of keys) {
        const state = revokedAt === null ? `last used ${lastUsedOn ?? "never"}` : "revoked";
        const expiry = expiresOn === null ? "" : `  until ${expiresOn}`;
        out(`${keyId}  ${prefix}…  ${role}  ${name}  ${state}${expiry}`);
      }
    return 0;
  },
};

export const revokeApiKeyCommand: Command = {
  help: "--customer ID --key ID",
  options: { customer: { type: "string" }, key: { type: "string" } },
  run: async ({ options, json, env, out }) => {
    const customerId = requiredId(options, "customer");
    const keyId = requiredId(options, "key");
    const actor = { actorKind: "command_line" as const, actorId: customerId };
    const scope = { customerId, entityIds: "all" as const };
    const found = await withDatabase(env, (db) => revokeApiKey(db, scope, { keyId, actor }, new Date()));
    if (!found) throw new AppError("NOT_FOUND", "The customer has no API key with this id.");
    if (json) print({ out }, { keyId, revoked: true });
    else out("The API key is revoked: it is refused from now on.");
    return 0;
  },
};

function roleOf(text: string): ApiKey["role"] {
  if (text === "admin" || text === "reader") return text;
  throw new UsageError("--role is admin or reader.");
}

function dateOf(options: OptionValues): string | null {
  if (options["expires-on"] === undefined) return null;
  const date = required(options, "expires-on");
  const isDate = /^(?:19|20)\d\d-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date));
  if (!isDate) throw new UsageError("--expires-on is a date: YYYY-MM-DD.");
  return date;
}
