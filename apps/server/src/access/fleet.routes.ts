import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FleetTask } from "@payflip/contract/fleet.ts";
import type { Language } from "@payflip/contract/page.ts";
import type { FastifyInstance } from "fastify";
import { Problem } from "../domain/catalogue/problem.ts";
import { platformTransaction } from "../postgres/transaction.ts";
import { freshnessOf } from "../runs/freshness.ts";
import { renderTask } from "../texts/tasks.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, pageOfRows } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { viewerOf } from "../web/viewer.ts";
import { completeSupportTask, type FleetRecord, listFleet } from "./fleet.sql.ts";
import { actorOf } from "./principal.ts";

type FleetDeps = Pick<AppDeps, "db" | "now">;

/** Every connection of the platform, for success managers and support. */
export function registerFleetRoutes(app: FastifyInstance, { db, now }: FleetDeps): void {
  route(app, endpoints.listFleet, async ({ query, request }) => {
    const { limit, cursor, state = null, customerId = null } = query;
    const after = decodeCursor(request, cursor, ["id", "id"]);
    const { connections, total } = await platformTransaction(db, (trx) =>
      listFleet(trx, { state, customerId }, { limit: limit + 1, after }),
    );
    const { shown, nextCursor } = pageOfRows(request, connections, limit, (row) => [
      row.customerId,
      row.entityId,
    ]);
    const { language } = viewerOf(request, now());
    return {
      items: shown.map(({ available, supportTask, ...one }) => ({
        ...one,
        supportTask: supportTask && taskAnswer(supportTask, language),
        state: available ? one.state : ("unavailable" as const),
        freshness: freshnessOf(one.lastSuccessAt, now()),
      })),
      nextCursor,
      total,
    };
  });
  registerCompletion(app, { db, now });
}

/** Success managers complete the tasks of the kind `support`; an admin of the customer completes the other kinds. */
function registerCompletion(app: FastifyInstance, { db, now }: FleetDeps): void {
  route(app, endpoints.completeFleetTask, async ({ params, request }) => {
    const { id } = params;
    const { actorKind, actorId } = actorOf(principalOf(request));
    const completion = { actorId, actor: `${actorKind}:${actorId}`, completedAt: now().toISOString() };
    const outcome = await platformTransaction(db, (trx) => completeSupportTask(trx, id, completion));
    if (outcome === "unknown") throw new Problem("NOT_FOUND");
    if (outcome === "not_open") throw new Problem("WRONG_STATE");
    return { id, status: "done" } as const;
  });
}

function taskAnswer(
  { id, params, since }: NonNullable<FleetRecord["supportTask"]>,
  language: Language,
): FleetTask {
  const { title, text } = renderTask("support", params, language);
  return { id, title, text, since };
}
