import type { Customer } from "@payflip/contract/customers.ts";
import type { BodyOf } from "@payflip/contract/endpoint.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { inviteByMail } from "../accounts/account-mails.ts";
import { setLiantisAvailability } from "../connection/availability.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { newId } from "../postgres/ids.ts";
import { platformTransaction, tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, pageOfRows } from "../web/requests/page-cursor.ts";
import { route } from "../web/route.ts";
import { principalOf } from "../web/route-access.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import {
  type CustomerRecord,
  findCustomer,
  listCustomers,
  lockCustomer,
  updateCustomer,
} from "./customers.sql.ts";
import { createCustomer } from "./customers.ts";
import { type EntityRecord, insertEntity, listEntitiesOfCustomers } from "./entities.sql.ts";
import { actorOf } from "./principal.ts";

type CustomerDeps = Pick<AppDeps, "db" | "now" | "activation">;

/** Customers, as success managers set them up. */
export function registerCustomerRoutes(app: FastifyInstance, { db, now, activation }: CustomerDeps): void {
  route(app, endpoints.listCustomers, async ({ query, request }) => {
    const after = decodeCursor(request, query.cursor, ["text", "id"]);
    return await platformTransaction(db, async (trx) => {
      const { customers, total } = await listCustomers(trx, { limit: query.limit + 1, after });
      const { shown, nextCursor } = pageOfRows(request, customers, query.limit, (row) => [
        row.name,
        row.customerId,
      ]);
      const entities = await listEntitiesOfCustomers(
        trx,
        shown.map((one) => one.customerId),
      );
      return { items: shown.map((one) => customerAnswer(one, entities)), nextCursor, total };
    });
  });
  route(app, endpoints.createCustomer, async ({ body, request }) => {
    const invite = inviteByMail(activation);
    const created = await createCustomer(db, customerToCreate(body), now(), invite);
    await auditCustomer(db, request, { customerId: created.customerId, action: "customer.created", now });
    const answer = await readCustomer(db, created.customerId);
    const admins = body.admins.map(({ name, email }, position) => ({
      accountId: created.accountIds[position] ?? "",
      name,
      email,
    }));
    return { ...answer, admins };
  });
  registerOneCustomer(app, { db, now });
  registerAvailability(app, { db, now });
}

/** A customer by its id: read, renamed, given a further entity. */
function registerOneCustomer(app: FastifyInstance, { db, now }: Pick<AppDeps, "db" | "now">): void {
  route(app, endpoints.readCustomer, ({ params }) => readCustomer(db, params.id));
  route(app, endpoints.changeCustomer, async ({ body, request }) => {
    const scope = scopeOf(request);
    const { customerId } = scope;
    await tenantTransaction(db, scope, "app", async (trx) => {
      const customer = await lockCustomer(trx, customerId);
      if (customer === null) throw new Problem("NOT_FOUND");
      const { name = customer.name, language = customer.language } = body;
      await updateCustomer(trx, customerId, { name, language });
    });
    await auditCustomer(db, request, { customerId, action: "customer.changed", now });
    return await readCustomer(db, customerId);
  });
  route(app, endpoints.addEntity, async ({ body, request }) => {
    const scope = scopeOf(request);
    const { customerId } = scope;
    const entityId = newId(now().getTime());
    const { name, vatNumber } = body;
    const createdAt = now().toISOString();
    await tenantTransaction(db, scope, "app", (trx) =>
      insertEntity(trx, { customerId, entityId, name, vatNumber: vatNumber || null, createdAt }),
    );
    await auditCustomer(db, request, { customerId, entityId, action: "entity.added", now });
    return await readCustomer(db, customerId);
  });
}

async function auditCustomer(
  db: AppDeps["db"],
  request: FastifyRequest,
  deed: { customerId: string; entityId?: string; action: string; now: () => Date },
): Promise<void> {
  const { customerId, entityId = null, action, now } = deed;
  await tenantTransaction(db, { customerId, entityIds: "all" }, "app", (trx) =>
    recordAudit(trx, {
      ...actorOf(principalOf(request)),
      customerId,
      entityId,
      action,
      subject: entityId ?? customerId,
      doneAt: now().toISOString(),
    }),
  );
}

/** A success manager makes the integration visible and confirms the numbers, or withdraws it. */
function registerAvailability(app: FastifyInstance, { db, now }: Pick<AppDeps, "db" | "now">): void {
  const change = async (request: FastifyRequest, id: string, available: boolean) => {
    await readCustomer(db, id);
    await setLiantisAvailability(db, id, { available, now: now(), actor: actorOf(principalOf(request)) });
    return null;
  };
  route(app, endpoints.offerLiantis, ({ params, request }) => change(request, params.id, true));
  route(app, endpoints.withdrawLiantis, ({ params, request }) => change(request, params.id, false));
}

async function readCustomer(db: AppDeps["db"], customerId: string): Promise<Customer> {
  return await platformTransaction(db, async (trx) => {
    const customer = await findCustomer(trx, customerId);
    if (customer === null) throw new Problem("NOT_FOUND");
    return customerAnswer(customer, await listEntitiesOfCustomers(trx, [customerId]));
  });
}

function customerToCreate(body: BodyOf<typeof endpoints.createCustomer>) {
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
