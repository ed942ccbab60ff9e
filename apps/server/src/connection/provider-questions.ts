import { Problem } from "../domain/catalogue/problem.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { ActivationDeps } from "./activation-deps.ts";
import { countProviderQuestion } from "./provider-questions.sql.ts";

/**
 * How often an entity's admins may have Liantis asked within ten minutes: whether it knows the company, how many people it lists, and
 * the whole list. People do not click that often; a loop does.
 */
export const questionLimits = { company: 30, headcount: 60, candidates: 20 };
const windowMs = 10 * 60_000;

/** Counts a question before it is asked. @throws Problem RATE_LIMITED */
export async function assertMayAsk(
  { db, now }: Pick<ActivationDeps, "db" | "now">,
  { customerId, entityId }: { customerId: string; entityId: string },
  question: keyof typeof questionLimits,
): Promise<void> {
  const nowMs = now().getTime();
  const instants = {
    now: new Date(nowMs).toISOString(),
    beginAfter: new Date(nowMs - windowMs).toISOString(),
  };
  const subject = `${question}:${entityId}`;
  const { asked, since } = await tenantTransaction(db, { customerId, entityIds: [entityId] }, "app", (trx) =>
    countProviderQuestion(trx, { customerId, subject }, instants),
  );
  if (asked <= questionLimits[question]) return;
  const waitMs = Math.max(1000, Date.parse(since) + windowMs - nowMs);
  throw new Problem("RATE_LIMITED", { retryAfterSeconds: Math.ceil(waitMs / 1000) });
}
