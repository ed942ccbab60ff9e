import { Problem } from "../domain/catalogue/problem.ts";
import { findConnection } from "./connections.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { ActivationActor, ActivationDeps } from "./activation-deps.ts";
import { problemOfFault } from "./provider-problem.ts";

/**
 * How many people Liantis lists for the entity: shown before a full sync is confirmed, since every active employee costs a
 * licence. One item is asked for, nothing of it is kept.
 *
 * @throws Problem WRONG_STATE without a consent, LIANTIS_UNAVAILABLE or INTERNAL
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
