import * as z from "zod/mini";
import { id, pageOf } from "./page.ts";

/** A legal entity of the customer: its company details. */
export const entity = z.object({
  id,
  name: z.string(),
  /** As somebody typed it; activation judges it. */
  vatNumber: z.nullable(z.string()),
  /** The enterprise number that the VAT text stands for: 10 digits, or null when it stands for none. */
  enterpriseNumber: z.nullable(z.string()),
  /** Domain of the work e-mail addresses (`example.be`): another one is pointed out. */
  emailDomain: z.nullable(z.string()),
});
entity.register(z.globalRegistry, { id: "Entity" });
export type Entity = z.infer<typeof entity>;

/** An entity in the list, with what everybody has to know of it wherever they are. */
export const listedEntity = z.extend(entity, {
  /** Why its connection rests (`consent_revoked`, `number_changed`, `failing`); null: it does not. */
  pausedReason: z.nullable(z.string()),
});
listedEntity.register(z.globalRegistry, { id: "ListedEntity" });
export type ListedEntity = z.infer<typeof listedEntity>;

export const entityPage = pageOf(listedEntity);

/** `PATCH /entities/{id}`: stores any VAT text; null or a blank empties it. */
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
