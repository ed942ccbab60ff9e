import { type Customer, customerCreated, customerPage, newCustomer } from "@payflip/contract/customers.ts";
import { idParams, pageQuery } from "@payflip/contract/page.ts";
import type { FastifyInstance } from "fastify";
import * as z from "zod/mini";
import { createCustomer } from "./customers.ts";
import { setLiantisAvailability } from "../connection/availability.ts";
import { actorOf } from "./principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { type CustomerRecord, findCustomer, listCustomers } from "./customers.sql.ts";
import { type EntityRecord, listEntitiesOfCustomers } from "./entities.sql.ts";
import { platformTransaction } from "../postgres/transaction.ts";
import { readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, encodeCursor } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { access, refusals, successManagers, typed } from "../web/routes.ts";

/** Customers, as success managers set them up. */
export function registerCustomerRoutes(app: FastifyInstance, { db, now }: Pick<AppDeps, "db" | "now">): void {
  const config = access(successManagers, "none");
  typed(app).get(
    "/api/v1/customers",
    {
      config,
      schema: { tags: ["customers"], querystring: pageQuery, response: { 200: customerPage, ...refusals } },
    },
    async ({ query }) => {
      const [name, customerId] = decodeCursor(query.cursor, ["text", "id"]) ?? [];
      const after: [string, string] | null =
        name === undefined || customerId === undefined ? null : [name, customerId];
      return await platformTransaction(db, async (trx) => {
        const { customers, total } = await listCustomers(trx, { limit: query.limit + 1, after });
        const shown = customers.slice(0, query.limit);
        const last = shown.at(-1);
        const entities = await listEntitiesOfCustomers(
          trx,
          shown.map((one) => one.customerId),
        );
        const more = customers.length > shown.length && last !== undefined;
        return {
          items: shown.map((one) => customerAnswer(one, entities)),
          nextCursor: more ? encodeCursor([last.name, last.customerId]) : null,
          total,
        };
      });
    },
  );
  typed(app).post(
    "/api/v1/customers",
    {
      config,
      schema: { tags: ["customers"], body: newCustomer, response: { 201: customerCreated, ...refusals } },
    },
    async ({ body }, reply) => {
      const created = await createCustomer(db, customerToCreate(body), now());
      const answer = await readCustomer(db, created.customerId);
      const admins = body.admins.map(({ name, email }, position) => ({
        accountId: created.accountIds[position] ?? "",
        name,
        email,
      }));
      return reply.code(201).send({ ...answer, admins });
    },
  );
  registerAvailability(app, { db, now });
}

/** What a success manager makes visible, and vouches for, or takes away. */
function registerAvailability(app: FastifyInstance, { db, now }: Pick<AppDeps, "db" | "now">): void {
  for (const method of ["PUT", "DELETE"] as const) {
    typed(app).route({
      method,
      url: "/api/v1/customers/:id/liantis-availability",
      config: access(successManagers, "none"),
      schema: { tags: ["customers"], params: idParams, response: { 204: z.null(), ...refusals } },
      handler: async (request, reply) => {
        const { id } = request.params;
        await readCustomer(db, id);
        const actor = actorOf(principalOf(request));
        await setLiantisAvailability(db, id, { available: method === "PUT", now: now(), actor });
        return reply.code(204).send(null);
      },
    });
  }
}

async function readCustomer(db: AppDeps["db"], customerId: string): Promise<Customer> {
  return await platformTransaction(db, async (trx) => {
    const customer = await findCustomer(trx, customerId);
    if (customer === null) throw new Problem("NOT_FOUND");
    return customerAnswer(customer, await listEntitiesOfCustomers(trx, [customerId]));
  });
}

function customerToCreate(body: z.output<typeof newCustomer>) {
  return {
    ...body,
    entities: body.entities.map(({ name, vatNumber }) => ({ name, vatNumber: vatNumber ?? null })),
    admins: body.admins.map(({ entityIds, language, ...admin }) => ({
      ...admin,
      language: language ?? body.language,
      entityPositions: entityIds?.map((one) => (typeof one === "number" ? one : -1)) ?? null,
      passwordHash: null,
    })),
  };
}

function customerAnswer(customer: CustomerRecord, entities: EntityRecord[]): Customer {
  return {
    id: customer.customerId,
    name: customer.name,
    language: customer.language,
    migratedFromFlexPlan: customer.migratedFromFlexPlan,
    liantisAvailable: customer.liantisAvailableAt !== null,
    entities: entities
      .filter((entity) => entity.customerId === customer.customerId)
      .map((entity) => ({
        id: entity.entityId,
        name: entity.name,
        vatNumber: entity.vatNumber,
        numberConfirmed: isConfirmed(entity),
      })),
    createdAt: customer.createdAt,
  };
}

function isConfirmed({ vatNumber, confirmedNumber }: EntityRecord): boolean {
  const reading = readEnterpriseNumber(vatNumber);
  return reading.kind === "ok" && reading.number === confirmedNumber;
}
