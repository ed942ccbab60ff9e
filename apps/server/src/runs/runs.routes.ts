import { idParams, pageQuery } from "@payflip/contract/page.ts";
import {
  type Change,
  changePage,
  changeQuery,
  changeReason,
  run,
  runPage,
  syncStarted,
} from "@payflip/contract/syncs.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { type FieldChangeRecord, listChanges } from "./changes.sql.ts";
import { listHoldsOfRuns } from "../decisions/hold-listing.sql.ts";
import { listRuns } from "./runs.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, encodeCursor } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { access, admins, readers, refusals, typed } from "../web/routes.ts";
import { runAnswer } from "./run-answer.ts";
import { readRun, streamRun } from "./run-events.routes.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";

type SyncDeps = Pick<AppDeps, "db" | "now" | "sync" | "logger">;

/** Runs: start one, follow it, look back at what it wrote. */
export function registerSyncRoutes(app: FastifyInstance, deps: SyncDeps): void {
  registerSyncNow(app, deps);
  registerRunList(app, deps);
  typed(app).get(
    "/api/v1/syncs/:id",
    {
      config: access(readers, "run"),
      schema: { tags: ["syncs"], params: idParams, response: { 200: run, ...refusals } },
    },
    async (request) =>
      await readRun(deps.db, scopeOf(request), request.params.id, viewerOf(request, deps.now())),
  );
  typed(app).get(
    "/api/v1/syncs/:id/events",
    {
      config: access(admins, "run"),
      schema: {
        tags: ["syncs"],
        description:
          "Server-sent events: the run whenever it changed, as `GET /syncs/{id}` answers it. Ends with the run.",
        params: idParams,
        response: { ...refusals },
      },
    },
    async (request, reply) => await streamRun(request, reply, request.params.id, deps),
  );
  registerChanges(app, deps);
}

function registerSyncNow(app: FastifyInstance, { sync }: SyncDeps): void {
  typed(app).post(
    "/api/v1/entities/:id/liantis/syncs",
    {
      config: access(admins, "entity"),
      schema: { tags: ["syncs"], params: idParams, response: { 202: syncStarted, ...refusals } },
    },
    async (request, reply) => {
      const actor = actorOf(principalOf(request));
      const asked = await sync.requestSync(scopeOf(request), request.params.id, actor);
      if (asked.kind === "not_active") throw new Problem("WRONG_STATE");
      if (asked.kind === "limit_reached") {
        const { retryAfterSeconds, remaining } = asked;
        throw new Problem("RATE_LIMITED", { retryAfterSeconds, members: { remaining } });
      }
      return reply.code(202).send({ runId: asked.runId, alreadyRunning: asked.alreadyRunning });
    },
  );
}

function registerRunList(app: FastifyInstance, { db, now }: SyncDeps): void {
  typed(app).get(
    "/api/v1/entities/:id/liantis/syncs",
    {
      config: access(readers, "entity"),
      schema: {
        tags: ["syncs"],
        params: idParams,
        querystring: pageQuery,
        response: { 200: runPage, ...refusals },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { limit, cursor } = request.query;
      const [createdAt, runId] = decodeCursor(cursor, ["instant", "id"]) ?? [];
      const before = createdAt === undefined || runId === undefined ? null : { createdAt, runId };
      const viewer = viewerOf(request, now());
      return await tenantTransaction(db, scope, "app", async (trx) => {
        const { runs, total } = await listRuns(trx, scope.customerId, request.params.id, {
          limit: limit + 1,
          before,
        });
        const shown = runs.slice(0, limit);
        const last = shown.at(-1);
        const holds = await listHoldsOfRuns(
          trx,
          scope.customerId,
          shown.map((one) => one.runId),
        );
        const more = runs.length > limit && last !== undefined;
        return {
          items: shown.map((one) => runAnswer(one, holds, viewer)),
          nextCursor: more ? encodeCursor([last.createdAt, last.runId]) : null,
          total,
        };
      });
    },
  );
}

function registerChanges(app: FastifyInstance, { db }: SyncDeps): void {
  typed(app).get(
    "/api/v1/syncs/:id/changes",
    {
      config: access(admins, "run"),
      schema: {
        tags: ["syncs"],
        params: idParams,
        querystring: changeQuery,
        response: { 200: changePage, ...refusals },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { limit, cursor, employeeId = null } = request.query;
      const [seq, field] = decodeCursor(cursor, ["count", "text"]) ?? [];
      const after: [number, string] | null =
        seq === undefined || field === undefined ? null : [Number(seq), field];
      const filter = { customerId: scope.customerId, runId: request.params.id, employeeId };
      const { changes, total } = await tenantTransaction(db, scope, "app", (trx) =>
        listChanges(trx, filter, { limit: limit + 1, after }),
      );
      const shown = changes.slice(0, limit);
      const last = shown.at(-1);
      const more = changes.length > limit && last !== undefined;
      const { seesWages } = principalOf(request);
      return {
        items: shown.map((one) => changeAnswer(one, seesWages)),
        nextCursor: more ? encodeCursor([String(last.seq), last.field]) : null,
        total,
      };
    },
  );
}

/** What a wage contract says is wage: its values are null for whoever may not see wages. */
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
    reason: changeReason.parse(change.reason),
    revertedAt: change.revertedAt,
  };
}
