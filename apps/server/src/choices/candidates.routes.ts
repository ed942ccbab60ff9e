import { candidatePage, candidateQuery, choices, choicesMade } from "@payflip/contract/candidates.ts";
import { idParams } from "@payflip/contract/page.ts";
import type { FastifyInstance } from "fastify";
import { listCandidates } from "./list-candidates.ts";
import { makeChoices } from "./make-choices.ts";
import { actorOf } from "../access/principal.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, encodeCursor } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { access, admins, manyIdsLimit, refusals, typed } from "../web/routes.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";

/** Whom Liantis lists, to choose from, and what was chosen. */
export function registerCandidateRoutes(
  app: FastifyInstance,
  { activation, now }: Pick<AppDeps, "activation" | "now">,
): void {
  typed(app).get(
    "/api/v1/entities/:id/liantis/candidates",
    {
      config: access(admins, "entity"),
      schema: {
        tags: ["liantis"],
        summary: "People to choose from, as Liantis lists them",
        params: idParams,
        querystring: candidateQuery,
        response: { 200: candidatePage, ...refusals },
      },
    },
    async (request) => {
      const { cursor, ...query } = request.query;
      const [after = null] = decodeCursor(cursor, ["text"]) ?? [];
      const { customerId } = scopeOf(request);
      const { language } = viewerOf(request, now());
      const of = { customerId, entityId: request.params.id, language };
      // Going on in a list never renews it: the place would be lost.
      const refresh = after === null ? query.refresh : undefined;
      const { next, ...page } = await listCandidates(activation, of, { ...query, refresh, after });
      return { ...page, nextCursor: next === null ? null : encodeCursor([next]) };
    },
  );
  typed(app).post(
    "/api/v1/entities/:id/liantis/choices",
    {
      config: access(admins, "entity"),
      bodyLimit: manyIdsLimit,
      schema: {
        tags: ["liantis"],
        summary: "Select, exclude or release people in selective mode",
        params: idParams,
        body: choices,
        response: { 202: choicesMade, ...refusals },
      },
    },
    async (request, reply) => {
      const { customerId } = scopeOf(request);
      const actor = { customerId, entityId: request.params.id, ...actorOf(principalOf(request)) };
      return reply.code(202).send(await makeChoices(activation, actor, request.body));
    },
  );
}
