import * as z from "zod/mini";
import { admins, readers } from "./access.ts";
import { endpoint } from "./endpoint.ts";
import { id, idParams, pageOf, pageQuery } from "./page.ts";

/** A legal entity of the customer: its company details. */
export const entity = z.object({
  id,
  name: z.string(),
  /** As an admin typed it; activation judges it. */
  vatNumber: z.nullable(z.string()),
  /** The enterprise number that the VAT number holds: 10 digits, or null when it cannot be read. */
  enterpriseNumber: z.nullable(z.string()),
  /** Domain of the work e-mail addresses (`example.be`); an address of another domain becomes a notice. */
  emailDomain: z.nullable(z.string()),
});
entity.register(z.globalRegistry, { id: "Entity" });
export type Entity = z.infer<typeof entity>;

/** An entity in the list. Every page of the app shows that a connection is paused. */
export const listedEntity = z.extend(entity, {
  /** Why its connection is paused (`consent_revoked`, `number_changed`, `failing`), or null. */
  pausedReason: z.nullable(z.string()),
});
listedEntity.register(z.globalRegistry, { id: "ListedEntity" });
export type ListedEntity = z.infer<typeof listedEntity>;

export const entityPage = pageOf(listedEntity);

/** Any VAT text is stored; null or a blank empties it. */
export const entityChange = z.object({
  name: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(200))),
  vatNumber: z.optional(z.nullable(z.string().check(z.trim(), z.maxLength(50)))),
  emailDomain: z.optional(
    z.nullable(
      z.string().check(z.trim(), z.toLowerCase(), z.maxLength(253), z.regex(/^$|^@?[^\s@]+\.[^\s@]+$/)),
    ),
  ),
});
export type EntityChange = z.infer<typeof entityChange>;

export const listEntities = endpoint({
  method: "GET",
  path: "/entities",
  summary: "List the entities",
  description: "Lists the entities that the caller may enter, by name, and why a connection is paused.",
  tags: ["entities"],
  roles: readers,
  tenant: "customer",
  query: pageQuery,
  answers: { 200: entityPage },
  problems: [],
});

export const readEntity = endpoint({
  method: "GET",
  path: "/entities/:id",
  summary: "Read company details",
  description: "Answers the company details of one entity.",
  tags: ["entities"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  answers: { 200: entity },
  problems: [],
});

export const changeEntity = endpoint({
  method: "PATCH",
  path: "/entities/:id",
  summary: "Change company details",
  description:
    "Changes the fields that the body names. Any VAT text is stored: activation judges it. Another enterprise number pauses a connection, whose consent is for the former one.",
  tags: ["entities"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  body: entityChange,
  example: { vatNumber: "BE 0403.019.261", emailDomain: "brouwerij.example" },
  answers: { 200: entity },
  problems: [],
});
