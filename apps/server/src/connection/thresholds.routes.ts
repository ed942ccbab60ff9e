import { endpoints } from "@payflip/contract/endpoints.ts";
import { thresholdBounds, type ThresholdName, type Thresholds } from "@payflip/contract/thresholds.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { defaultThresholds } from "../domain/guards/guard.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { findConnection, lockConnection, setThresholds } from "./connections.sql.ts";

/** The thresholds of the guards: the usual ones, or the connection's own. They count from the next run on. */
export function registerThresholdRoutes(
  app: FastifyInstance,
  { db, now }: Pick<AppDeps, "db" | "now">,
): void {
  route(app, endpoints.readThresholds, async ({ params, request }) => {
    const scope = scopeOf(request);
    const found = await tenantTransaction(db, scope, "app", (trx) =>
      findConnection(trx, scope.customerId, params.id),
    );
    return thresholdsAnswer(found?.thresholds ?? null);
  });
  route(app, endpoints.changeThresholds, async ({ params, body, request }) => {
    const scope = scopeOf(request);
    const { customerId } = scope;
    const { id: entityId } = params;
    const own = Object.fromEntries(
      Object.entries(body).flatMap(([name, value]) => (typeof value === "number" ? [[name, value]] : [])),
    );
    const changedAt = now().toISOString();
    await tenantTransaction(db, scope, "app", async (trx) => {
      await lockConnection(trx, customerId, entityId, changedAt);
      await setThresholds(trx, customerId, entityId, { thresholds: own, now: changedAt });
      const actor = actorOf(principalOf(request));
      await recordAudit(trx, {
        ...actor,
        customerId,
        entityId,
        action: "thresholds.changed",
        subject: null,
        doneAt: changedAt,
      });
    });
    return thresholdsAnswer(own);
  });
}

function thresholdsAnswer(own: Readonly<Record<string, number>> | null): Thresholds {
  const answer = (name: ThresholdName) => ({
    value: own?.[name] ?? null,
    usual: defaultThresholds[name],
    ...thresholdBounds[name],
  });
  return {
    absentMax: answer("absentMax"),
    absentPercentMax: answer("absentPercentMax"),
    coverageBeforePercentMin: answer("coverageBeforePercentMin"),
    coverageDropPointsMax: answer("coverageDropPointsMax"),
    coverageDropPeopleMin: answer("coverageDropPeopleMin"),
    identityPeopleMin: answer("identityPeopleMin"),
    identityPercentMax: answer("identityPercentMax"),
    wageFactorMax: answer("wageFactorMax"),
    regimePercentMax: answer("regimePercentMax"),
    nssoPercentMax: answer("nssoPercentMax"),
  };
}
