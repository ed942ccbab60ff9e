import type { SupportCase } from "@payflip/contract/cases.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { actorOf, tenantScope } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { newId } from "../postgres/ids.ts";
import { platformTransaction, type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, pageOfRows } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { decideAnyMove, decideOwnMove, listCases, type SupportCaseRecord } from "./cases.sql.ts";

type CaseDeps = Pick<AppDeps, "db" | "now" | "sync">;

/** Possible moves between entities: both records side by side, for support and for admins of both entities. */
export function registerCaseRoutes(app: FastifyInstance, deps: CaseDeps): void {
  route(app, endpoints.listCases, async ({ query, request }) => {
    const { limit, cursor, status = "open" } = query;
    const after = decodeCursor(request, cursor, ["instant", "id"]);
    const { cases, total } = await inSight(deps, request, (trx) =>
      listCases(trx, { caseId: null, status }, { limit: limit + 1, after }),
    );
    const { shown, nextCursor } = pageOfRows(request, cases, limit, (row) => [row.openedAt, row.caseId]);
    return { items: shown.map(caseAnswer), nextCursor, total };
  });
  route(app, endpoints.readCase, async ({ params, request }) =>
    caseAnswer(await inSight(deps, request, (trx) => findCase(trx, params.id))),
  );
  registerDecision(app, deps, endpoints.confirmCase);
  registerDecision(app, deps, endpoints.declineCase);
}

function registerDecision(
  app: FastifyInstance,
  deps: CaseDeps,
  endpoint: typeof endpoints.confirmCase | typeof endpoints.declineCase,
): void {
  route(app, endpoint, async ({ params, body, request }) => {
    const principal = principalOf(request);
    const { actorKind, actorId } = actorOf(principal);
    const reason = body?.reason ?? "";
    const decision = {
      caseId: params.id,
      confirm: endpoint === endpoints.confirmCase,
      actorId,
      actor: `${actorKind}:${actorId}`,
      auditEntryId: newId(),
      reason: reason === "" ? null : reason,
      decidedAt: deps.now().toISOString(),
    };
    const decided = await inSight(deps, request, async (trx) => {
      const { customerId } = await findCase(trx, decision.caseId);
      const outcome =
        principal.role === "support"
          ? await decideAnyMove(trx, customerId, decision)
          : await decideOwnMove(trx, decision);
      if (outcome === "not_open" || outcome === "outdated") throw new Problem("WRONG_STATE");
      return await findCase(trx, decision.caseId);
    });
    // If the run is lost, the nightly run does its work: the link is stored already.
    const runId = decision.confirm ? await followMoved(deps, decided, decision) : null;
    return { case: caseAnswer(decided), runId };
  });
}

/** Queues the run that fetches the person for the new entity. */
async function followMoved(
  { db, sync }: CaseDeps,
  { customerId, entityId, workerId }: SupportCaseRecord,
  { actorId: requestedBy, decidedAt: now }: { actorId: string; decidedAt: string },
): Promise<string | null> {
  const scope = { customerId, entityIds: [entityId] };
  return await tenantTransaction(db, scope, "app", (trx) =>
    sync.followPerson(trx, { customerId, entityId, workerId, requestedBy, now }),
  );
}

/** A transaction that sees the caller's cases: those of every customer for support, who sees nothing else of the people. */
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
    id: record.caseId,
    customerId: record.customerId,
    customerName: record.customerName,
    kind: record.kind,
    status: record.status,
    workerId: record.workerId,
    employeeId: record.employeeId,
    from: record.records.old,
    to: record.records.new,
    openedAt: record.openedAt,
    decidedAt: record.decidedAt,
    reason: record.reason,
  };
}
