import { newId } from "./ids.ts";
import type { TenantTransaction } from "./transaction.ts";

export interface AuditEntry {
  customerId: string;
  entityId: string | null;
  /** `link`: a person without an account, who came by a connect link. */
  actorKind: "account" | "api_key" | "link";
  actorId: string;
  /** What was done, `noun.verb`; never with a value. */
  action: string;
  /** Id of what it was done to. */
  subject: string | null;
  /** Why, in the words of the person who did it. */
  reason?: string | null;
  doneAt: string;
}

/** Records who did what, in the transaction that does it. Append-only. */
export async function recordAudit(trx: TenantTransaction, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto("audit_entries")
    .values({
      customer_id: entry.customerId,
      entry_id: newId(),
      entity_id: entry.entityId,
      actor: `${entry.actorKind}:${entry.actorId}`,
      action: entry.action,
      subject: entry.subject,
      reason: entry.reason ?? null,
      done_at: entry.doneAt,
    })
    .execute();
}
