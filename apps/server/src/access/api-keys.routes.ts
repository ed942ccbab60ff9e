import type { ApiKey } from "@payflip/contract/accounts/api-keys.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "../domain/catalogue/problem.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, pageOfRows } from "../web/requests/page-cursor.ts";
import { route } from "../web/route.ts";
import { principalOf } from "../web/route-access.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { type ListedApiKey, listApiKeys } from "./api-keys.sql.ts";
import { createOwnApiKey, revokeApiKey } from "./api-keys.ts";
import { findEntity } from "./entities.sql.ts";
import { actorOf } from "./principal.ts";

type KeyDeps = Pick<AppDeps, "db" | "now">;

/** The customer's API keys, as its admins manage them. */
export function registerApiKeyRoutes(app: FastifyInstance, { db, now }: KeyDeps): void {
  route(app, endpoints.listApiKeys, async ({ query, request }) => {
    const scope = scopeOf(request);
    const { limit, cursor } = query;
    const after = decodeCursor(request, cursor, ["instant", "id"]);
    const { keys, total } = await tenantTransaction(db, scope, "app", (trx) =>
      listApiKeys(trx, scope, { limit: limit + 1, after }),
    );
    const { shown, nextCursor } = pageOfRows(request, keys, limit, (row) => [row.createdAt, row.keyId]);
    return { items: shown.map(keyAnswer), nextCursor, total };
  });
  route(app, endpoints.createApiKey, async ({ body, request }) => {
    const { role, wages, name, entityIds, expiresOn } = body;
    await assertEntities(request, db, entityIds);
    const caller = callerOf(request);
    const key = { role, wages, name, entityIds, expiresOn };
    const { created, text } = await createOwnApiKey(db, caller, key, now());
    return { ...keyAnswer(created), key: text };
  });
  route(app, endpoints.revokeApiKey, async ({ params, request }) => {
    const { scope, actor } = callerOf(request);
    const found = await revokeApiKey(db, scope, { keyId: params.id, actor }, now());
    if (!found) throw new Problem("NOT_FOUND");
    return null;
  });
}

function callerOf(request: FastifyRequest) {
  const principal = principalOf(request);
  return { scope: scopeOf(request), principal, actor: actorOf(principal) };
}

/** @throws Problem INVALID_REQUEST for an entity that the caller may not enter, or that does not exist */
async function assertEntities(
  request: FastifyRequest,
  db: AppDeps["db"],
  entityIds: string[] | null,
): Promise<void> {
  const scope = scopeOf(request);
  await tenantTransaction(db, scope, "app", async (trx) => {
    for (const [position, entityId] of (entityIds ?? []).entries()) {
      if ((await findEntity(trx, scope.customerId, entityId)) !== null) continue;
      const errors = [{ path: `entityIds.${position}`, message: "no such entity" }];
      throw new Problem("INVALID_REQUEST", { members: { errors } });
    }
  });
}

function keyAnswer({ keyId, seesWages, createdByName, role, ...key }: ListedApiKey): ApiKey {
  if (role !== "admin" && role !== "reader") throw new Error("a customer's key has a customer's role");
  return { ...key, id: keyId, role, wages: seesWages, createdBy: createdByName };
}
