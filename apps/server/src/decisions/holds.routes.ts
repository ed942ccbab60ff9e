import { holdDecided } from "@payflip/contract/holds.ts";
import { idParams } from "@payflip/contract/page.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { findHoldRecord } from "./hold-listing.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { principalOf } from "../web/route-access.ts";
import { access, admins, refusals, typed } from "../web/routes.ts";
import { holdAnswer } from "../runs/run-answer.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";

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
