import { findActivationFacts } from "../connection/activation-facts.sql.ts";
import { type MailQueue, queueConsentRevokedMail } from "../notify/queue-mail.ts";
import type { Database } from "../postgres/database.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import { findRun } from "../runs/runs.sql.ts";
import type { RunEnd } from "../sync/report.ts";

/** Queues the mails that follow a run: one to the admins if the connection was paused because its consent was revoked. */
export async function queueMailsAfterRun(
  deps: MailQueue & { db: Database },
  { customerId, runId }: { customerId: string; runId: string },
  end: RunEnd,
): Promise<void> {
  if (end.kind !== "ended" || !end.pausedConnection) return;
  await tenantTransaction(deps.db, { customerId, entityIds: "all" }, "app", async (trx) => {
    const run = await findRun(trx, customerId, runId);
    if (run === undefined) return;
    const { entityId } = run;
    const facts = await findActivationFacts(trx, customerId, entityId);
    if (facts === undefined) return;
    await queueConsentRevokedMail(trx, deps, { customerId, entityId, entityName: facts.entityName });
  });
}
