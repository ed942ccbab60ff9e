import { fleetPage, fleetQuery } from "@payflip/contract/fleet.ts";
import type { FastifyInstance } from "fastify";
import { listFleet } from "../db/fleet.ts";
import { platformTransaction } from "../db/transaction.ts";
import type { AppDeps } from "./app-deps.ts";
import { freshnessOf } from "./freshness.ts";
import { decodeCursor, encodeCursor } from "./page-cursor.ts";
import { access, operators, refusals, typed } from "./routes.ts";

/** Every connection of the platform, for success managers and support. */
export function registerFleetRoutes(app: FastifyInstance, { db, now }: Pick<AppDeps, "db" | "now">): void {
  typed(app).get(
    "/api/v1/fleet",
    {
      config: access(operators, "none"),
      schema: { tags: ["fleet"], querystring: fleetQuery, response: { 200: fleetPage, ...refusals } },
    },
    async (request) => {
      const { limit, cursor, state = null, customerId = null } = request.query;
      const [afterCustomer, afterEntity] = decodeCursor(cursor, ["id", "id"]) ?? [];
      const after: [string, string] | null =
        afterCustomer === undefined || afterEntity === undefined ? null : [afterCustomer, afterEntity];
      const { connections, total } = await platformTransaction(db, (trx) =>
        listFleet(trx, { state, customerId }, { limit: limit + 1, after }),
      );
      const shown = connections.slice(0, limit);
      const last = shown.at(-1);
      const more = connections.length > limit && last !== undefined;
      return {
        items: shown.map(({ available, ...one }) => ({
          ...one,
          state: available ? one.state : ("unavailable" as const),
          freshness: freshnessOf(one.lastSuccessAt, now()),
        })),
        nextCursor: more ? encodeCursor([last.customerId, last.entityId]) : null,
        total,
      };
    },
  );
}
