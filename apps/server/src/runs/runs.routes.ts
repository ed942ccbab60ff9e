import { endpoints } from "@payflip/contract/endpoints.ts";
import type { Change } from "@payflip/contract/syncs.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { listHoldsOfRuns } from "../decisions/list-holds.sql.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, pageOfRows } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { route, routeThatSends } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";
import { type FieldChangeRecord, listChanges } from "./changes.sql.ts";
import { runAnswer } from "./run-answer.ts";
import { readRun, streamRun } from "./run-events.routes.ts";
import { listRuns } from "./runs.sql.ts";

type SyncDeps = Pick<AppDeps, "db" | "now" | "sync" | "logger">;

/** Runs: starting one, following it, and reading what it wrote. */
export function registerSyncRoutes(app: FastifyInstance, deps: SyncDeps): void {
  registerSyncNow(app, deps);
  registerRunList(app, deps);
  route(
    app,
    endpoints.readSync,
    async ({ params, request }) =>
      await readRun(deps.db, scopeOf(request), params.id, viewerOf(request, deps.now())),
  );
  routeThatSends(app, endpoints.followSync, ({ params, request, reply }) =>
    streamRun(request, reply, params.id, deps),
  );
  registerChanges(app, deps);
}

function registerSyncNow(app: FastifyInstance, { sync }: SyncDeps): void {
  route(app, endpoints.startSync, async ({ params, request }) => {
    const actor = actorOf(principalOf(request));
    const asked = await sync.requestSync(scopeOf(request), params.id, actor);
    if (asked.kind === "not_active") throw new Problem("WRONG_STATE");
    if (asked.kind === "limit_reached") {
      const { retryAfterSeconds, remaining } = asked;
      throw new Problem("RATE_LIMITED", { retryAfterSeconds, members: { remaining } });
    }
    return { runId: asked.runId, alreadyRunning: asked.alreadyRunning };
  });
}

function registerRunList(app: FastifyInstance, { db, now }: SyncDeps): void {
  route(app, endpoints.listSyncs, async ({ params, query, request }) => {
    const scope = scopeOf(request);
    const { limit, cursor } = query;
    const place = decodeCursor(request, cursor, ["instant", "id"]);
    const before = place && { createdAt: place[0], runId: place[1] };
    const viewer = viewerOf(request, now());
    return await tenantTransaction(db, scope, "app", async (trx) => {
      const { runs, total } = await listRuns(trx, scope.customerId, params.id, {
        limit: limit + 1,
        before,
      });
      const { shown, nextCursor } = pageOfRows(request, runs, limit, (row) => [row.createdAt, row.runId]);
      const holds = await listHoldsOfRuns(
        trx,
        scope.customerId,
        shown.map((one) => one.runId),
      );
      return { items: shown.map((one) => runAnswer(one, holds, viewer)), nextCursor, total };
    });
  });
}

function registerChanges(app: FastifyInstance, { db }: SyncDeps): void {
  route(app, endpoints.listChanges, async ({ params, query, request }) => {
    const scope = scopeOf(request);
    const { limit, cursor, employeeId = null } = query;
    const place = decodeCursor(request, cursor, ["count", "text"]);
    const after: [number, string] | null = place && [Number(place[0]), place[1]];
    const filter = { customerId: scope.customerId, runId: params.id, employeeId };
    const { changes, total } = await tenantTransaction(db, scope, "app", (trx) =>
      listChanges(trx, filter, { limit: limit + 1, after }),
    );
    const { shown, nextCursor } = pageOfRows(request, changes, limit, (row) => [String(row.seq), row.field]);
    const { seesWages } = principalOf(request);
    return { items: shown.map((one) => changeAnswer(one, seesWages)), nextCursor, total };
  });
}

/** Fields of a wage contract are wages: their values are null for callers who may not see wages. */
export function changeAnswer({ seq, ...change }: FieldChangeRecord, seesWages: boolean): Change {
  const hidden = change.contractId !== null && !seesWages;
  return {
    id: [seq, change.field].join(":"),
    employeeId: change.employeeId,
    employeeName: change.employeeName,
    workerId: change.workerId,
    contractId: change.contractId,
    field: change.field,
    before: hidden ? null : change.before,
    after: hidden ? null : change.after,
    reason: change.reason,
    revertedAt: change.revertedAt,
  };
}
