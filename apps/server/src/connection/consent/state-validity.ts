import type { TenantTransaction } from "../../postgres/transaction.ts";
import type { ActivationDeps } from "../activation-deps.ts";
import { findActivationFacts } from "../activation-facts.sql.ts";
import { currentNumber } from "../check-company.ts";
import { type ConsentState, findConnectToken } from "./consents.sql.ts";

/** Whether the integration is still available, the entity still has the number, and the connect link has not ended. */
export async function isStateValid(
  trx: TenantTransaction,
  deps: ActivationDeps,
  state: ConsentState,
): Promise<boolean> {
  const facts = await findActivationFacts(trx, state.customerId, state.entityId);
  if (facts === undefined || !facts.available || currentNumber(facts) !== state.enterpriseNumber)
    return false;
  if (state.connectTokenId === null) return true;
  const link = await findConnectToken(trx, state.customerId, state.connectTokenId);
  return (
    link !== undefined &&
    link.endedAt === null &&
    Date.parse(link.expiresAt) > deps.now().getTime() &&
    facts.confirmedNumber === state.enterpriseNumber
  );
}
