import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance } from "fastify";
import type { AppDeps } from "../web/app-deps.ts";
import { entityActor } from "../web/entity-actor.ts";
import { decodeCursor, encodeCursor } from "../web/requests/page-cursor.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";
import { listCandidates } from "./list-candidates.ts";
import { makeChoices } from "./make-choices.ts";

/** The people to choose from, and the choices. */
export function registerCandidateRoutes(
  app: FastifyInstance,
  { activation, now }: Pick<AppDeps, "activation" | "now">,
): void {
  route(app, endpoints.listCandidates, async ({ params, query, request }) => {
    const { cursor, ...filter } = query;
    const [after = null] = decodeCursor(request, cursor, ["text"]) ?? [];
    const { customerId } = scopeOf(request);
    const { language } = viewerOf(request, now());
    const listing = { customerId, entityId: params.id, language };
    // A later page never fetches the list again: the cursor would lose its place.
    const refresh = after === null ? filter.refresh : undefined;
    const { next, ...page } = await listCandidates(activation, listing, { ...filter, refresh, after });
    return { ...page, nextCursor: next === null ? null : encodeCursor(request, [next]) };
  });
  route(app, endpoints.makeChoices, async ({ params, body, request }) => {
    return await makeChoices(activation, entityActor(request, params.id), body);
  });
}
