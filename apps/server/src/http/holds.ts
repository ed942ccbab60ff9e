import { holdDecided } from "@payflip/contract/holds.ts";
import { idParams } from "@payflip/contract/page.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../access/problem.ts";
import { recordAudit } from "../db/audit.ts";
import { findHoldRecord } from "../db/hold-listing.ts";
import { tenantTransaction } from "../db/transaction.ts";
import type { AppDeps } from "./app-deps.ts";
import { principalOf } from "./route-access.ts";
import { access, admins, refusals, typed } from "./routes.ts";
import { holdAnswer } from "./run-answer.ts";
import { scopeOf } from "./tenant-guard.ts";
import { viewerOf } from "./viewer.ts";

const decisions = {
  acceptance: { decide: "acceptHold", action: "hold.accepted" },
  rejection: { decide: "rejectHold", action: "hold.rejected" },
} as const;

/** What a guard kept back: let it through, or leave everything as it is. */
export function registerHoldRoutes(
  app: FastifyInstance,
  { db, now, sync }: Pick<AppDeps, "db" | "now" | "sync">,
): void {
  for (const [path, { decide, action }] of Object.entries(decisions)) {
    typed(app).post(
      `/api/v1/holds/:id/${path}`,
      {
        config: access(admins, "hold"),
        schema: { tags: ["syncs"], params: idParams, response: { 200: holdDecided, ...refusals } },
      },
      async (request) => {
        const scope = scopeOf(request);
        const { customerId } = scope;
        const { id } = request.params;
        const actor = actorOf(principalOf(request));
        const decided = await sync[decide](scope, id, actor);
        if (decided.kind === "not_open") throw new Problem("WRONG_STATE");
        const hold = await tenantTransaction(db, scope, "app", async (trx) => {
          const found = await findHoldRecord(trx, customerId, id);
          if (found === undefined) throw new Problem("NOT_FOUND");
          const at = now().toISOString();
          await recordAudit(trx, {
            ...actor,
            customerId,
            entityId: found.entity_id,
            action,
            subject: id,
            at,
          });
          return found;
        });
        return { hold: holdAnswer(hold, viewerOf(request, now())), runId: decided.runId };
      },
    );
  }
}
