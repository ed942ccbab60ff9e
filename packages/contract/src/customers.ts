import * as z from "zod/mini";
import { successManagers } from "./access.ts";
import { endpoint, nothing } from "./endpoint.ts";
import { id, idParams, instant, language, pageOf, pageQuery } from "./page.ts";

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const email = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(320), z.email());

/** The entities have no id yet: an admin limited to some of them is given their positions in `entities`. */
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
          entityIds: z.optional(z.array(z.union([id, z.int()])).check(z.maxLength(200))),
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

/** The customer with the accounts that were made. Lists show no people. */
export const customerCreated = z.extend(customer, {
  admins: z.array(z.object({ accountId: id, name: z.string(), email: z.string() })),
});
export type CustomerCreated = z.infer<typeof customerCreated>;

export const customerPage = pageOf(customer);

export const listCustomers = endpoint({
  method: "GET",
  path: "/customers",
  summary: "List the customers",
  description: "Lists every customer of the platform by name, with its entities and no people.",
  tags: ["customers"],
  roles: successManagers,
  tenant: "none",
  query: pageQuery,
  answers: { 200: customerPage },
  problems: [],
});

export const createCustomer = endpoint({
  method: "POST",
  path: "/customers",
  summary: "Create a customer",
  description:
    "Creates a customer with its entities and admins, and mails each admin an invitation. An e-mail address that belongs to an account already is refused.",
  tags: ["customers"],
  roles: successManagers,
  tenant: "none",
  body: newCustomer,
  example: {
    name: "Brouwerij Peeters",
    language: "nl",
    entities: [{ name: "Brouwerij Peeters NV", vatNumber: "BE 0403.019.261" }],
    admins: [{ email: "an.peeters@brouwerij.example", name: "An Peeters" }],
  },
  answers: { 201: customerCreated },
  problems: [],
});

/** Only the fields that the body names change. */
export const customerChange = z.object({ name: z.optional(name), language: z.optional(language) });
export type CustomerChange = z.infer<typeof customerChange>;

export const newEntity = z.object({
  name,
  vatNumber: z._default(z.nullable(z.string().check(z.trim(), z.maxLength(50))), null),
});
export type NewEntity = z.input<typeof newEntity>;

export const readCustomer = endpoint({
  method: "GET",
  path: "/customers/:id",
  summary: "Read a customer",
  description: "Answers one customer with its entities and no people.",
  tags: ["customers"],
  roles: successManagers,
  tenant: "managed customer",
  params: idParams,
  answers: { 200: customer },
  problems: [],
});

export const changeCustomer = endpoint({
  method: "PATCH",
  path: "/customers/:id",
  summary: "Rename a customer",
  description: "Changes the name and the language of a customer: the fields that the body names.",
  tags: ["customers"],
  roles: successManagers,
  tenant: "managed customer",
  params: idParams,
  body: customerChange,
  example: { name: "Brouwerij Peeters Groep" },
  answers: { 200: customer },
  problems: [],
});

export const addEntity = endpoint({
  method: "POST",
  path: "/customers/:id/entities",
  summary: "Add an entity to a customer",
  description:
    "Adds a legal entity. Admins of all entities manage it at once. Its enterprise number is not confirmed yet.",
  tags: ["customers"],
  roles: successManagers,
  tenant: "managed customer",
  params: idParams,
  body: newEntity,
  example: { name: "Brouwerij Peeters Logistics", vatNumber: "BE 0403.019.261" },
  answers: { 201: customer },
  problems: [],
});

export const offerLiantis = endpoint({
  method: "PUT",
  path: "/customers/:id/liantis-availability",
  summary: "Make the Liantis integration available",
  description:
    "Makes the integration visible to the customer, and confirms the enterprise numbers that its entities have now.",
  tags: ["customers"],
  roles: successManagers,
  tenant: "none",
  params: idParams,
  answers: { 204: nothing },
  problems: [],
});

export const withdrawLiantis = endpoint({
  method: "DELETE",
  path: "/customers/:id/liantis-availability",
  summary: "Withdraw the Liantis integration",
  description: "Hides the integration from the customer. Connections, people and links are kept.",
  tags: ["customers"],
  roles: successManagers,
  tenant: "none",
  params: idParams,
  answers: { 204: nothing },
  problems: [],
});
