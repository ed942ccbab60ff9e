import { Problem } from "../domain/catalogue/problem.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { ActivationActor, ActivationDeps } from "./activation-deps.ts";
import { findConnection } from "./connections.sql.ts";
import { assertMayAsk } from "./provider-questions.ts";
import { problemOfFault } from "./provider-problem.ts";

/**
 * Counts the people that Liantis lists for the entity. The admin sees it before confirming a full sync, because every active
 * employee costs a licence. One item is fetched, and none is stored.
 *
 * @throws Problem WRONG_STATE without a consent, RATE_LIMITED, LIANTIS_UNAVAILABLE or INTERNAL
 */
export async function countWorkers(
  deps: ActivationDeps,
  { customerId, entityId }: Pick<ActivationActor, "customerId" | "entityId">,
): Promise<{ workers: number }> {
  const connection = await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", (trx) =>
    findConnection(trx, customerId, entityId),
  );
  const hasConsent = connection?.state === "choosing" || connection?.state === "active";
  if (!hasConsent || connection.enterpriseNumber === null) throw new Problem("WRONG_STATE");
  await assertMayAsk(deps, { customerId, entityId }, "headcount");
  try {
    const page = await deps.liantis.fetchWorkerPage(connection.enterpriseNumber, {
      cursor: null,
      limit: 1,
      caller: { customerId, urgent: true },
    });
    return { workers: page.total };
  } catch (error) {
    throw problemOfFault(error);
  }
}
