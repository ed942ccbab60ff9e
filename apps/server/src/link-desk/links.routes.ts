import { endpoints } from "@payflip/contract/endpoints.ts";
import type { Link } from "@payflip/contract/links.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { workerLink } from "../people/my-liantis-links.ts";
import { plainText } from "../people/search-text.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, pageOfRows } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { linkByHand, type Linking, unlinkByHand } from "./link-desk.ts";
import { findLink, type LinkRecord, listLinks } from "./list-links.sql.ts";

type LinkDeps = Pick<AppDeps, "db" | "now" | "sync" | "myLiantisUrl">;

/** The link desk: workers and employees, and linking and unlinking them by hand. */
export function registerLinkRoutes(app: FastifyInstance, deps: LinkDeps): void {
  registerLinkList(app, deps);
  route(app, endpoints.linkEmployee, async ({ params, body, request }) => {
    const { workerId, employeeId, reason } = body;
    const pair = { entityId: params.id, workerId, employeeId };
    const linking = linkingOf(request, deps, reason);
    const { customerId, doneAt: now, actorId: requestedBy } = linking;
    return await tenantTransaction(deps.db, scopeOf(request), "app", async (trx) => {
      const isNew = await linkByHand(trx, linking, pair);
      const follow = { customerId, entityId: pair.entityId, workerId, requestedBy, now };
      const runId = isNew ? await deps.sync.followPerson(trx, follow) : null;
      return { link: await readLink(trx, { customerId, ...pair }, deps), runId };
    });
  });
  route(app, endpoints.unlinkEmployee, async ({ params, body, request }) => {
    const linking = linkingOf(request, deps, body.reason);
    const { customerId } = linking;
    return await tenantTransaction(deps.db, scopeOf(request), "app", async (trx) => {
      const { entityId, employeeId } = await unlinkByHand(trx, linking, params.id);
      return { link: await readLink(trx, { customerId, entityId, employeeId }, deps), runId: null };
    });
  });
}

function registerLinkList(app: FastifyInstance, { db, myLiantisUrl }: LinkDeps): void {
  route(app, endpoints.listLinks, async ({ params, query, request }) => {
    const scope = scopeOf(request);
    const { limit, cursor, q = "", state = null } = query;
    const after = decodeCursor(request, cursor, ["text", "text"]);
    const words = plainText(q).split(/\s+/).filter(Boolean).slice(0, 10);
    const filter = { customerId: scope.customerId, entityId: params.id, words, state };
    const { links, total } = await tenantTransaction(db, scope, "app", (trx) =>
      listLinks(trx, filter, { limit: limit + 1, after }),
    );
    const { shown, nextCursor } = pageOfRows(request, links, limit, (row) => [row.sortName, row.sortId]);
    return { items: shown.map((one) => linkAnswer(one, myLiantisUrl)), nextCursor, total };
  });
}

function linkingOf(request: FastifyRequest, { now }: Pick<AppDeps, "now">, reason: string): Linking {
  const { customerId } = scopeOf(request);
  return { customerId, ...actorOf(principalOf(request)), reason, doneAt: now().toISOString() };
}

async function readLink(
  trx: TenantTransaction,
  place: { customerId: string; entityId: string; employeeId: string },
  { myLiantisUrl }: Pick<AppDeps, "myLiantisUrl">,
): Promise<Link> {
  const found = await findLink(trx, place);
  if (found === undefined) throw new Problem("NOT_FOUND");
  return linkAnswer(found, myLiantisUrl);
}

function linkAnswer(record: LinkRecord, myLiantisUrl: string): Link {
  const { sortName: _name, sortId: _id, enterpriseNumber, ...link } = record;
  const { workerId } = link;
  return {
    ...link,
    liantisLink: workerId === null ? null : workerLink(myLiantisUrl, enterpriseNumber, workerId),
  };
}
