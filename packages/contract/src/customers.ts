import * as z from "zod/mini";
import { id, instant, language, pageOf } from "./page.ts";

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const email = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(320), z.email());

/** `POST /customers`. `entityIds` cannot be known yet: an admin limited to entities is named by their position in `entities`. */
export const newCustomer = z.object({
  name,
  language: z._default(language, "nl"),
  migratedFromFlexPlan: z._default(z.boolean(), false),
  entities: z
    .array(z.object({ name, vatNumber: z.optional(z.nullable(z.string().check(z.maxLength(50)))) }))
    .check(z.minLength(1), z.maxLength(200)),
  admins: z._default(
    z
      .array(
        z.object({
          email,
          name,
          language: z.optional(language),
          entityIds: z.optional(z.array(z.union([id, z.int()]))),
        }),
      )
      .check(z.maxLength(200)),
    [],
  ),
});
export type NewCustomer = z.input<typeof newCustomer>;

/** A customer as success managers see it. */
export const customer = z.object({
  id,
  name: z.string(),
  language,
  migratedFromFlexPlan: z.boolean(),
  /** A success manager made the integration visible to the customer. */
  liantisAvailable: z.boolean(),
  entities: z.array(
    z.object({
      id,
      name: z.string(),
      vatNumber: z.nullable(z.string()),
      /** A success manager confirmed the enterprise number that the entity has now. */
      numberConfirmed: z.boolean(),
    }),
  ),
  createdAt: instant,
});
customer.register(z.globalRegistry, { id: "Customer" });
export type Customer = z.infer<typeof customer>;

/** `POST /customers`: the customer with the accounts that were made. Lists show no people. */
export const customerCreated = z.extend(customer, {
  admins: z.array(z.object({ accountId: id, name: z.string(), email: z.string() })),
});
export type CustomerCreated = z.infer<typeof customerCreated>;

export const customerPage = pageOf(customer);
