import { idParams } from "@payflip/contract/page.ts";
import { runStarted } from "@payflip/contract/syncs.ts";
import type { FastifyInstance } from "fastify";
import * as z from "zod/mini";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { principalOf } from "../web/route-access.ts";
import { access, admins, refusals, typed } from "../web/routes.ts";
import { scopeOf } from "../web/tenant-guard.ts";

/** Check this person now: one worker, linked or known by an issue, is fetched and applied at once, beside any run. */
export function registerPersonCheckRoutes(app: FastifyInstance, { sync }: Pick<AppDeps, "sync">): void {
  typed(app).post(
    "/api/v1/employees/:id/liantis/check",
    {
      config: access(admins, "employee"),
      schema: { tags: ["employees"], params: idParams, response: { 202: runStarted, ...refusals } },
    },
    async (request, reply) => {
      const actor = actorOf(principalOf(request));
      const asked = await sync.checkPerson(scopeOf(request), request.params.id, actor);
      if (asked.kind === "not_possible") throw new Problem("WRONG_STATE");
      return reply.code(202).send({ runId: asked.runId });
    },
  );
  typed(app).post(
    "/api/v1/entities/:id/liantis/workers/:workerId/check",
    {
      config: access(admins, "entity"),
      schema: { tags: ["issues"], params: workerParams, response: { 202: runStarted, ...refusals } },
    },
    async (request, reply) => {
      const { id: entityId, workerId } = request.params;
      const actor = actorOf(principalOf(request));
      const asked = await sync.checkWorker(scopeOf(request), { entityId, workerId }, actor);
      if (asked.kind === "unknown") throw new Problem("NOT_FOUND");
      if (asked.kind === "not_possible") throw new Problem("WRONG_STATE");
      return reply.code(202).send({ runId: asked.runId });
    },
  );
}

const workerParams = z.object({ ...idParams.shape, workerId: z.string().check(z.maxLength(64)) });
