import { idParams } from "@payflip/contract/page.ts";
import {
  newPreview,
  type Preview,
  preview,
  previewQuery,
  previewStarted,
} from "@payflip/contract/previews.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { startPreview } from "./start-preview.ts";
import type { Database } from "../postgres/database.ts";
import { findPreview, listOperations } from "./previews.sql.ts";
import { findRun } from "../runs/runs.sql.ts";
import { type TenantScope, tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, encodeCursor } from "../web/requests/page-cursor.ts";
import { previewAnswer } from "./preview-answer.ts";
import { principalOf } from "../web/route-access.ts";
import { access, admins, manyIdsLimit, refusals, typed } from "../web/routes.ts";
import type { Viewer } from "../runs/run-answer.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";

/** What would happen: asked for, looked at, and then confirmed or left. */
export function registerPreviewRoutes(
  app: FastifyInstance,
  { activation, db, now }: Pick<AppDeps, "activation" | "db" | "now">,
): void {
  typed(app).post(
    "/api/v1/entities/:id/liantis/previews",
    {
      config: access(admins, "entity"),
      bodyLimit: manyIdsLimit,
      schema: {
        tags: ["liantis"],
        summary: "Ask what a mode would do with these people",
        params: idParams,
        body: newPreview,
        response: { 202: previewStarted, ...refusals },
      },
    },
    async (request, reply) => {
      const { customerId } = scopeOf(request);
      const actor = { customerId, entityId: request.params.id, ...actorOf(principalOf(request)) };
      return reply.code(202).send(await startPreview(activation, actor, request.body));
    },
  );
  typed(app).get(
    "/api/v1/previews/:id",
    {
      config: access(admins, "preview"),
      schema: {
        tags: ["liantis"],
        summary: "A preview, with a page of what it would do",
        params: idParams,
        querystring: previewQuery,
        response: { 200: preview, ...refusals },
      },
    },
    async (request) => {
      const { limit, cursor, bucket = null } = request.query;
      const [after = null] = decodeCursor(cursor, ["text"]) ?? [];
      const viewer = viewerOf(request, now());
      return await readPreview(db, scopeOf(request), request.params.id, { viewer, bucket, limit, after });
    },
  );
}

/** A preview of the scope. @throws Problem NOT_FOUND */
export async function readPreview(
  db: Database,
  scope: TenantScope,
  previewId: string,
  {
    viewer,
    bucket,
    limit,
    after,
  }: { viewer: Viewer; bucket: string | null; limit: number; after: string | null },
): Promise<Preview> {
  return await tenantTransaction(db, scope, "app", async (trx) => {
    const found = await findPreview(trx, scope.customerId, previewId);
    const run = await findRun(trx, scope.customerId, previewId);
    if (found === undefined || run === undefined) throw new Problem("NOT_FOUND");
    const listed = await listOperations(trx, found, { bucket, limit: limit + 1, after });
    const operations = listed.operations.slice(0, limit);
    const last = operations.at(-1);
    const more = listed.operations.length > limit && last !== undefined;
    const nextCursor = more ? encodeCursor([last.workerId]) : null;
    return previewAnswer(found, run, { operations, total: listed.total, nextCursor }, viewer);
  });
}
