import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { render } from "../texts/render.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";
import { undoRun } from "./undo.ts";

/** Undoing a run, for everybody or for some people. */
export function registerUndoRoutes(app: FastifyInstance, { db, now }: Pick<AppDeps, "db" | "now">): void {
  route(app, endpoints.undoSync, async ({ params, body, request }) => {
    const viewer = viewerOf(request, now());
    const outcome = await undoRun(db, scopeOf(request), {
      ...actorOf(principalOf(request)),
      runId: params.id,
      employeeIds: body?.employeeIds ?? null,
      now: viewer.now,
    });
    if (outcome.kind === "not_found") throw new Problem("NOT_FOUND");
    if (outcome.kind === "not_ended") throw new Problem("WRONG_STATE");
    const { notUndone, ...undone } = outcome.undone;
    return {
      ...undone,
      notReverted: notUndone.map((one) => ({
        ...one,
        text: render(`undo.${one.reason}`, {}, viewer.language),
      })),
    };
  });
}
