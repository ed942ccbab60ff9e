import {
  type Link,
  type LinkChanged,
  linkChanged,
  linkPage,
  linkQuery,
  newLink,
  unlinking,
} from "@payflip/contract/links.ts";
import { idParams } from "@payflip/contract/page.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { findLink, type LinkRecord, listLinks } from "./links.sql.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { linkByHand, type Linking, unlinkByHand } from "./link-desk.ts";
import { workerLink } from "../people/my-liantis-links.ts";
import { plainText } from "../people/search-text.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, encodeCursor } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { access, admins, refusals, typed } from "../web/routes.ts";
import { scopeOf } from "../web/tenant-guard.ts";

type LinkDeps = Pick<AppDeps, "db" | "now" | "sync" | "myLiantisUrl">;

/** The link desk: who is who between Liantis and Payflip, and putting it right by hand. */
export function registerLinkRoutes(app: FastifyInstance, deps: LinkDeps): void {
  registerLinkList(app, deps);
  typed(app).post(
    "/api/v1/entities/:id/liantis/links",
    {
      config: access(admins, "entity"),
      schema: {
        tags: ["links"],
        params: idParams,
        body: newLink,
        response: { 200: linkChanged, ...refusals },
      },
    },
    async (request): Promise<LinkChanged> => {
      const { workerId, employeeId, reason } = request.body;
      const pair = { entityId: request.params.id, workerId, employeeId };
      const linking = linkingOf(request, deps, reason);
      const { customerId, at, actorId: requestedBy } = linking;
      return await tenantTransaction(deps.db, scopeOf(request), "app", async (trx) => {
        const isNew = await linkByHand(trx, linking, pair);
        const follow = { customerId, entityId: pair.entityId, workerId, requestedBy, at };
        const runId = isNew ? await deps.sync.followPerson(trx, follow) : null;
        return { link: await readLink(trx, { customerId, ...pair }, deps), runId };
      });
    },
  );
  typed(app).post(
    "/api/v1/employees/:id/liantis/unlinking",
    {
      config: access(admins, "employee"),
      schema: {
        tags: ["links"],
        params: idParams,
        body: unlinking,
        response: { 200: linkChanged, ...refusals },
      },
    },
    async (request): Promise<LinkChanged> => {
      const linking = linkingOf(request, deps, request.body.reason);
      const { customerId } = linking;
      return await tenantTransaction(deps.db, scopeOf(request), "app", async (trx) => {
        const { entityId, employeeId } = await unlinkByHand(trx, linking, request.params.id);
        return { link: await readLink(trx, { customerId, entityId, employeeId }, deps), runId: null };
      });
    },
  );
}

function registerLinkList(app: FastifyInstance, { db, myLiantisUrl }: LinkDeps): void {
  typed(app).get(
    "/api/v1/entities/:id/liantis/links",
    {
      config: access(admins, "entity"),
      schema: {
        tags: ["links"],
        params: idParams,
        querystring: linkQuery,
        response: { 200: linkPage, ...refusals },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { limit, cursor, q = "", state = null } = request.query;
      const [sortName, sortId] = decodeCursor(cursor, ["text", "text"]) ?? [];
      const after: [string, string] | null =
        sortName === undefined || sortId === undefined ? null : [sortName, sortId];
      const words = plainText(q).split(/\s+/).filter(Boolean).slice(0, 10);
      const filter = { customerId: scope.customerId, entityId: request.params.id, words, state };
      const { links, total } = await tenantTransaction(db, scope, "app", (trx) =>
        listLinks(trx, filter, { limit: limit + 1, after }),
      );
      const shown = links.slice(0, limit);
      const last = shown.at(-1);
      const more = links.length > limit && last !== undefined;
      return {
        items: shown.map((one) => linkAnswer(one, myLiantisUrl)),
        nextCursor: more ? encodeCursor([last.sortName, last.sortId]) : null,
        total,
      };
    },
  );
}

function linkingOf(request: FastifyRequest, { now }: Pick<AppDeps, "now">, reason: string): Linking {
  const { customerId } = scopeOf(request);
  return { customerId, ...actorOf(principalOf(request)), reason, at: now().toISOString() };
}

async function readLink(
  trx: TenantTransaction,
  of: { customerId: string; entityId: string; employeeId: string },
  { myLiantisUrl }: Pick<AppDeps, "myLiantisUrl">,
): Promise<Link> {
  const found = await findLink(trx, of);
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
