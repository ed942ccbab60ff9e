import {
  caseDecided,
  caseDecision,
  casePage,
  caseQuery,
  type SupportCase,
  supportCase,
} from "@payflip/contract/cases.ts";
import { idParams } from "@payflip/contract/page.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import * as z from "zod/mini";
import { actorOf, tenantScope } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { decideAnyMove, decideOwnMove, listCases, type SupportCaseRecord } from "./cases.sql.ts";
import { newId } from "../postgres/ids.ts";
import { platformTransaction, type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, encodeCursor } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { access, caseDeciders, refusals, typed } from "../web/routes.ts";

type CaseDeps = Pick<AppDeps, "db" | "now" | "sync">;

/** People who seem to have moved to another entity: both records side by side, for support and for admins of both entities. */
export function registerCaseRoutes(app: FastifyInstance, deps: CaseDeps): void {
  typed(app).get(
    "/api/v1/cases",
    {
      config: access(caseDeciders, "none"),
      schema: { tags: ["cases"], querystring: caseQuery, response: { 200: casePage, ...refusals } },
    },
    async (request) => {
      const { limit, cursor, status = "open" } = request.query;
      const [openedAt, caseId] = decodeCursor(cursor, ["instant", "id"]) ?? [];
      const after: [string, string] | null =
        openedAt === undefined || caseId === undefined ? null : [openedAt, caseId];
      const { cases, total } = await inSight(deps, request, (trx) =>
        listCases(trx, { caseId: null, status }, { limit: limit + 1, after }),
      );
      const shown = cases.slice(0, limit);
      const last = shown.at(-1);
      const more = cases.length > limit && last !== undefined;
      return {
        items: shown.map(caseAnswer),
        nextCursor: more ? encodeCursor([last.opened_at, last.case_id]) : null,
        total,
      };
    },
  );
  typed(app).get(
    "/api/v1/cases/:id",
    {
      config: access(caseDeciders, "case"),
      schema: { tags: ["cases"], params: idParams, response: { 200: supportCase, ...refusals } },
    },
    async (request) => caseAnswer(await inSight(deps, request, (trx) => findCase(trx, request.params.id))),
  );
  for (const path of ["confirmation", "decline"] as const) registerDecision(app, deps, path);
}

function registerDecision(app: FastifyInstance, deps: CaseDeps, path: "confirmation" | "decline"): void {
  typed(app).post(
    `/api/v1/cases/:id/${path}`,
    {
      config: access(caseDeciders, "case"),
      schema: {
        tags: ["cases"],
        params: idParams,
        body: z.nullish(caseDecision),
        response: { 200: caseDecided, ...refusals },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { actorKind, actorId } = actorOf(principal);
      const reason = request.body?.reason ?? "";
      const decision = {
        caseId: request.params.id,
        confirm: path === "confirmation",
        by: actorId,
        actor: `${actorKind}:${actorId}`,
        auditEntryId: newId(),
        reason: reason === "" ? null : reason,
        at: deps.now().toISOString(),
      };
      const decided = await inSight(deps, request, async (trx) => {
        const { customer_id: customerId } = await findCase(trx, decision.caseId);
        const outcome =
          principal.role === "support"
            ? await decideAnyMove(trx, customerId, decision)
            : await decideOwnMove(trx, decision);
        if (outcome === "not_open" || outcome === "outdated") throw new Problem("WRONG_STATE");
        return await findCase(trx, decision.caseId);
      });
      // Should the run be lost, the night catches up: the link is there and asks for it.
      const runId = decision.confirm ? await followMoved(deps, decided, decision) : null;
      return { case: caseAnswer(decided), runId };
    },
  );
}

/** Queues the run that takes the person on at their new entity. */
async function followMoved(
  { db, sync }: CaseDeps,
  { customer_id: customerId, entity_id: entityId, worker_id: workerId }: SupportCaseRecord,
  { by: requestedBy, at }: { by: string; at: string },
): Promise<string | null> {
  const scope = { customerId, entityIds: [entityId] };
  return await tenantTransaction(db, scope, "app", (trx) =>
    sync.followPerson(trx, { customerId, entityId, workerId, requestedBy, at }),
  );
}

/** A transaction that sees the cases of whoever asks: all of the platform's for support, and of the people nothing else. */
function inSight<T>(
  { db }: CaseDeps,
  request: FastifyRequest,
  work: (trx: TenantTransaction) => Promise<T>,
): Promise<T> {
  const principal = principalOf(request);
  return principal.role === "support"
    ? platformTransaction(db, work)
    : tenantTransaction(db, tenantScope(principal), "app", work);
}

async function findCase(trx: TenantTransaction, caseId: string): Promise<SupportCaseRecord> {
  const [found] = (await listCases(trx, { caseId, status: null }, { limit: 1, after: null })).cases;
  if (found === undefined) throw new Problem("NOT_FOUND");
  return found;
}

function caseAnswer(record: SupportCaseRecord): SupportCase {
  return {
    id: record.case_id,
    customerId: record.customer_id,
    customerName: record.customer_name,
    kind: record.kind,
    status: record.status,
    workerId: record.worker_id,
    employeeId: record.employee_id,
    from: record.records.from,
    to: record.records.to,
    openedAt: record.opened_at,
    decidedAt: record.decided_at,
    reason: record.reason,
  };
}
