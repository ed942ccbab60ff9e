import { newId } from "./ids.ts";
import type { TenantTransaction } from "./transaction.ts";

export interface AuditEntry {
  customerId: string;
  entityId: string | null;
  /** `link`: a person without an account, who came by a connect link. `command_line`: the id is the customer's. */
  actorKind: "account" | "api_key" | "link" | "command_line";
  actorId: string;
  /** `noun.verb`, without values. */
  action: string;
  /** The id of the object of the action. */
  subject: string | null;
  /** The actor's own words. */
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
