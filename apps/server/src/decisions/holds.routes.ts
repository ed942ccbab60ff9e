import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import { holdAnswer } from "../runs/run-answer.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";
import { findHoldRecord } from "./list-holds.sql.ts";

const decisions = [
  { endpoint: endpoints.acceptHold, decide: "acceptHold", action: "hold.accepted" },
  { endpoint: endpoints.rejectHold, decide: "rejectHold", action: "hold.rejected" },
] as const;

/** Accepting or rejecting what a guard holds. */
export function registerHoldRoutes(
  app: FastifyInstance,
  { db, now, sync }: Pick<AppDeps, "db" | "now" | "sync">,
): void {
  for (const { endpoint, decide, action } of decisions) {
    route(app, endpoint, async ({ params: { id }, request }) => {
      const scope = scopeOf(request);
      const { customerId } = scope;
      const actor = actorOf(principalOf(request));
      const decided = await sync[decide](scope, id, actor);
      if (decided.kind === "not_open") throw new Problem("WRONG_STATE");
      const hold = await tenantTransaction(db, scope, "app", async (trx) => {
        const found = await findHoldRecord(trx, customerId, id);
        if (found === undefined) throw new Problem("NOT_FOUND");
        const doneAt = now().toISOString();
        await recordAudit(trx, {
          ...actor,
          customerId,
          entityId: found.entityId,
          action,
          subject: id,
          doneAt: doneAt,
        });
        return found;
      });
      return { hold: holdAnswer(hold, viewerOf(request, now())), runId: decided.runId };
    });
  }
}
