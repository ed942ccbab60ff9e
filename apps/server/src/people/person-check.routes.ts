import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";

/** Check a person now: a run about one worker, who is linked or named by an issue, beside any other run. */
export function registerPersonCheckRoutes(app: FastifyInstance, { sync }: Pick<AppDeps, "sync">): void {
  route(app, endpoints.checkEmployee, async ({ params, request }) => {
    const actor = actorOf(principalOf(request));
    const check = await sync.checkPerson(scopeOf(request), params.id, actor);
    if (check.kind === "not_possible") throw new Problem("WRONG_STATE");
    return { runId: check.runId };
  });
  route(app, endpoints.checkWorker, async ({ params, request }) => {
    const { id: entityId, workerId } = params;
    const actor = actorOf(principalOf(request));
    const check = await sync.checkWorker(scopeOf(request), { entityId, workerId }, actor);
    if (check.kind === "unknown") throw new Problem("NOT_FOUND");
    if (check.kind === "not_possible") throw new Problem("WRONG_STATE");
    return { runId: check.runId };
  });
}
