import { endpoints } from "@payflip/contract/endpoints.ts";
import type { Entity } from "@payflip/contract/entities.ts";
import type { FastifyInstance } from "fastify";
import { type EntityRecord, findEntity, listEntities } from "../access/entities.sql.ts";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, pageOfRows } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { changeCompanyDetails } from "./company-details.ts";

/** The entities of a customer: their company details. */
export function registerEntityRoutes(app: FastifyInstance, { db, now }: Pick<AppDeps, "db" | "now">): void {
  route(app, endpoints.listEntities, async ({ query, request }) => {
    const scope = scopeOf(request);
    const { limit, cursor } = query;
    const after = decodeCursor(request, cursor, ["text", "id"]);
    const { entities, total } = await tenantTransaction(db, scope, "app", (trx) =>
      listEntities(trx, scope.customerId, { limit: limit + 1, after }),
    );
    const { shown, nextCursor } = pageOfRows(request, entities, limit, (row) => [row.name, row.entityId]);
    return {
      items: shown.map((one) => ({ ...entityAnswer(one), pausedReason: one.pausedReason })),
      nextCursor,
      total,
    };
  });
  route(app, endpoints.readEntity, async ({ params, request }) => {
    const scope = scopeOf(request);
    const found = await tenantTransaction(db, scope, "app", (trx) =>
      findEntity(trx, scope.customerId, params.id),
    );
    if (found === null) throw new Problem("NOT_FOUND");
    return entityAnswer(found);
  });
  route(app, endpoints.changeEntity, async ({ params, body, request }) => {
    const scope = scopeOf(request);
    const changed = await tenantTransaction(db, scope, "app", (trx) =>
      changeCompanyDetails(trx, {
        customerId: scope.customerId,
        entityId: params.id,
        ...actorOf(principalOf(request)),
        change: body,
        now: now().toISOString(),
      }),
    );
    return entityAnswer(changed);
  });
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
