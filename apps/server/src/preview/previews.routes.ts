import { endpoints } from "@payflip/contract/endpoints.ts";
import type { Preview } from "@payflip/contract/previews.ts";
import type { FastifyInstance } from "fastify";
import { Problem } from "../domain/catalogue/problem.ts";
import type { Database } from "../postgres/database.ts";
import { type TenantScope, tenantTransaction } from "../postgres/transaction.ts";
import type { Viewer } from "../runs/run-answer.ts";
import { findRun } from "../runs/runs.sql.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { entityActor } from "../web/entity-actor.ts";
import { decodeCursor, encodeCursor } from "../web/requests/page-cursor.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";
import { previewAnswer } from "./preview-answer.ts";
import { findPreview, listOperations } from "./previews.sql.ts";
import { startPreview } from "./start-preview.ts";

/** Previews: starting one, and reading it. */
export function registerPreviewRoutes(
  app: FastifyInstance,
  { activation, db, now }: Pick<AppDeps, "activation" | "db" | "now">,
): void {
  route(app, endpoints.startPreview, async ({ params, body, request }) => {
    return await startPreview(activation, entityActor(request, params.id), body);
  });
  route(app, endpoints.readPreview, async ({ params, query, request }) => {
    const { limit, cursor, bucket = null } = query;
    const [after = null] = decodeCursor(request, cursor, ["text"]) ?? [];
    const viewer = viewerOf(request, now());
    const cursorAfter = (workerId: string) => encodeCursor(request, [workerId]);
    return await readPreview(db, scopeOf(request), params.id, { viewer, bucket, limit, after, cursorAfter });
  });
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
    cursorAfter,
  }: {
    viewer: Viewer;
    bucket: string | null;
    limit: number;
    after: string | null;
    /** The cursor of the page that follows a worker; null where no page is asked for by cursor. */
    cursorAfter: (workerId: string) => string | null;
  },
): Promise<Preview> {
  return await tenantTransaction(db, scope, "app", async (trx) => {
    const found = await findPreview(trx, scope.customerId, previewId);
    const run = await findRun(trx, scope.customerId, previewId);
    if (found === undefined || run === undefined) throw new Problem("NOT_FOUND");
    const listed = await listOperations(trx, found, { bucket, limit: limit + 1, after });
    const shown = listed.operations.slice(0, limit);
    const last = listed.operations.length > limit ? shown.at(-1) : undefined;
    const nextCursor = last === undefined ? null : cursorAfter(last.workerId);
    return previewAnswer(found, run, { operations: shown, total: listed.total, nextCursor }, viewer);
  });
}
