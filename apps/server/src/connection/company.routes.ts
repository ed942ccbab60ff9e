import { type Entity, entity, entityChange, entityPage } from "@payflip/contract/entities.ts";
import { idParams, pageQuery } from "@payflip/contract/page.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { type EntityRecord, findEntity, listEntities } from "../access/entities.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import { readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import { changeCompanyDetails } from "./company-details.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, encodeCursor } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { access, admins, refusals, typed } from "../web/routes.ts";
import { scopeOf } from "../web/tenant-guard.ts";

/** Company details. */
export function registerEntityRoutes(app: FastifyInstance, { db, now }: Pick<AppDeps, "db" | "now">): void {
  typed(app).get(
    "/api/v1/entities",
    {
      config: access(admins, "customer"),
      schema: { tags: ["entities"], querystring: pageQuery, response: { 200: entityPage, ...refusals } },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { limit, cursor } = request.query;
      const [name, entityId] = decodeCursor(cursor, ["text", "id"]) ?? [];
      const after: [string, string] | null =
        name === undefined || entityId === undefined ? null : [name, entityId];
      const { entities, total } = await tenantTransaction(db, scope, "app", (trx) =>
        listEntities(trx, scope.customerId, { limit: limit + 1, after }),
      );
      const shown = entities.slice(0, limit);
      const last = shown.at(-1);
      const more = entities.length > limit && last !== undefined;
      return {
        items: shown.map((one) => ({ ...entityAnswer(one), pausedReason: one.pausedReason })),
        nextCursor: more ? encodeCursor([last.name, last.entityId]) : null,
        total,
      };
    },
  );
  typed(app).get(
    "/api/v1/entities/:id",
    {
      config: access(admins, "entity"),
      schema: { tags: ["entities"], params: idParams, response: { 200: entity, ...refusals } },
    },
    async (request) => {
      const scope = scopeOf(request);
      const found = await tenantTransaction(db, scope, "app", (trx) =>
        findEntity(trx, scope.customerId, request.params.id),
      );
      if (found === null) throw new Problem("NOT_FOUND");
      return entityAnswer(found);
    },
  );
  typed(app).patch(
    "/api/v1/entities/:id",
    {
      config: access(admins, "entity"),
      schema: {
        tags: ["entities"],
        params: idParams,
        body: entityChange,
        response: { 200: entity, ...refusals },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const changed = await tenantTransaction(db, scope, "app", (trx) =>
        changeCompanyDetails(trx, {
          customerId: scope.customerId,
          entityId: request.params.id,
          ...actorOf(principalOf(request)),
          change: request.body,
          at: now().toISOString(),
        }),
      );
      return entityAnswer(changed);
    },
  );
}

function entityAnswer({ entityId, name, vatNumber, emailDomain }: EntityRecord): Entity {
  const reading = readEnterpriseNumber(vatNumber);
  return {
    id: entityId,
    name,
    vatNumber,
    enterpriseNumber: reading.kind === "ok" ? reading.number : null,
    emailDomain,
  };
}
