import * as z from "zod/mini";
import { customerManagers } from "../access.ts";
import { endpoint, nothing } from "../endpoint.ts";
import { id, idParams, instant, language, pageOf, pageQuery } from "../page.ts";

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const email = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(320), z.email());
/** Null: all entities of the customer, also those that are added later. */
const entityIds = z.nullable(z.array(id).check(z.minLength(1), z.maxLength(200)));

/** An admin of a customer. */
export const customerAdmin = z.object({
  accountId: id,
  name: z.string(),
  email: z.string(),
  language,
  entityIds,
  /** `accepted` once the account has a password; without one it signs in by the link of the invitation, or by OpenID. */
  invitation: z.object({
    status: z.enum(["not_invited", "invited", "accepted", "expired"]),
    sentAt: z.nullable(instant),
    expiresAt: z.nullable(instant),
  }),
});
customerAdmin.register(z.globalRegistry, { id: "CustomerAdmin" });
export type CustomerAdmin = z.infer<typeof customerAdmin>;

export const newAdmin = z.object({
  email,
  name,
  language: z.optional(language),
  entityIds: z._default(entityIds, null),
});
export type NewAdmin = z.input<typeof newAdmin>;

export const adminChange = z.object({
  name: z.optional(name),
  email: z.optional(email),
  language: z.optional(language),
  entityIds: z.optional(entityIds),
});
export type AdminChange = z.infer<typeof adminChange>;

const adminParams = z.object({ id, accountId: id });

export const listAdmins = endpoint({
  method: "GET",
  path: "/customers/:id/admins",
  summary: "List the admins of a customer",
  description: "Lists the admins by name, with the entities they manage and the state of their invitation.",
  tags: ["customers"],
  roles: customerManagers,
  tenant: "managed customer",
  params: idParams,
  query: pageQuery,
  answers: { 200: pageOf(customerAdmin) },
  problems: [],
});

export const addAdmin = endpoint({
  method: "POST",
  path: "/customers/:id/admins",
  summary: "Add an admin",
  description:
    "Adds an admin of all entities, or of those in `entityIds`, and mails an invitation in the admin's language. An employee of the customer keeps the same account.",
  tags: ["customers"],
  roles: customerManagers,
  tenant: "managed customer",
  params: idParams,
  body: newAdmin,
  example: { email: "an.peeters@brouwerij.example", name: "An Peeters", language: "nl", entityIds: null },
  answers: { 201: customerAdmin },
  problems: ["EMAIL_TAKEN"],
});

export const changeAdmin = endpoint({
  method: "PATCH",
  path: "/customers/:id/admins/:accountId",
  summary: "Change an admin",
  description:
    "Changes the fields that the body names. Another address counts once the admin has followed the link that is mailed to it. One admin of all entities must remain.",
  tags: ["customers"],
  roles: customerManagers,
  tenant: "managed customer",
  params: adminParams,
  body: adminChange,
  example: { entityIds: null },
  answers: { 200: customerAdmin },
  problems: ["EMAIL_TAKEN", "LAST_ADMIN"],
});

export const removeAdmin = endpoint({
  method: "DELETE",
  path: "/customers/:id/admins/:accountId",
  summary: "Remove an admin",
  description:
    "Takes the role away and ends the sessions and links of the account. One admin of all entities must remain.",
  tags: ["customers"],
  roles: customerManagers,
  tenant: "managed customer",
  params: adminParams,
  answers: { 204: nothing },
  problems: ["LAST_ADMIN"],
});

export const inviteAdmin = endpoint({
  method: "POST",
  path: "/customers/:id/admins/:accountId/invitation",
  summary: "Invite an admin again",
  description: "Mails a new invitation; the link of the former one no longer works.",
  tags: ["customers"],
  roles: customerManagers,
  tenant: "managed customer",
  params: adminParams,
  answers: { 202: customerAdmin },
  problems: ["WRONG_STATE"],
});
