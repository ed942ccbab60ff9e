import * as z from "zod/mini";
import { admins } from "../access.ts";
import { endpoint, nothing } from "../endpoint.ts";
import { calendarDate, enteredDate, id, idParams, instant, pageOf, pageQuery } from "../page.ts";

/** A key of a program. The key itself is shown once, when it is made. */
export const apiKey = z.object({
  id,
  name: z.string(),
  /** How the key begins, to recognise it by. */
  prefix: z.string(),
  role: z.enum(["admin", "reader"]),
  wages: z.boolean(),
  /** Null: all entities of the customer. */
  entityIds: z.nullable(z.array(id)),
  /** The name of the account or key that made it; null: it was made with the command line. */
  createdBy: z.nullable(z.string()),
  createdAt: instant,
  /** The last day on which the key was used. */
  lastUsedOn: z.nullable(calendarDate),
  /** The last day on which the key is accepted; null: it does not expire. */
  expiresOn: z.nullable(calendarDate),
  revokedAt: z.nullable(instant),
});
apiKey.register(z.globalRegistry, { id: "ApiKey" });
export type ApiKey = z.infer<typeof apiKey>;

export const apiKeyCreated = z.extend(apiKey, { key: z.string() });
export type ApiKeyCreated = z.infer<typeof apiKeyCreated>;

export const newApiKey = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  role: z.enum(["admin", "reader"]),
  /** For a reader; a key of an admin sees wages. */
  wages: z._default(z.boolean(), false),
  /** Null: every entity that the caller may enter. */
  entityIds: z._default(z.nullable(z.array(id).check(z.minLength(1), z.maxLength(200))), null),
  expiresOn: z._default(z.nullable(enteredDate), null),
});
export type NewApiKey = z.input<typeof newApiKey>;

export const listApiKeys = endpoint({
  method: "GET",
  path: "/api-keys",
  summary: "List the API keys",
  description:
    "Lists the customer's keys, the newest first, also those that were revoked or have expired. An admin of some entities sees the keys of those entities only.",
  tags: ["API keys"],
  roles: admins,
  tenant: "customer",
  query: pageQuery,
  answers: { 200: pageOf(apiKey) },
  problems: [],
});

export const createApiKey = endpoint({
  method: "POST",
  path: "/api-keys",
  summary: "Create an API key",
  description: "Creates a key with no more rights than the caller has. Its `key` is in this answer only.",
  tags: ["API keys"],
  roles: admins,
  tenant: "customer",
  body: newApiKey,
  example: { name: "Payroll export", role: "reader", wages: true, expiresOn: "2027-12-31" },
  answers: { 201: apiKeyCreated },
  problems: [],
});

export const revokeApiKey = endpoint({
  method: "DELETE",
  path: "/api-keys/:id",
  summary: "Revoke an API key",
  description: "The key is refused from now on. It stays in the list.",
  tags: ["API keys"],
  roles: admins,
  tenant: "customer",
  params: idParams,
  answers: { 204: nothing },
  problems: [],
});
