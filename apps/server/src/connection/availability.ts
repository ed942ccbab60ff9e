import { recordAudit } from "../postgres/audit.sql.ts";
import { moveConnection } from "./connections.sql.ts";
import { endConnectTokens } from "./consent/consents.sql.ts";
import { setLiantisAvailableAt } from "../access/customers.sql.ts";
import type { Database } from "../postgres/database.ts";
import {
  confirmEnterpriseNumber,
  type EntityRecord,
  listEntitiesOfCustomers,
} from "../access/entities.sql.ts";
import { cancelOpenRuns } from "../runs/cancel-run.sql.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { readEnterpriseNumber } from "../domain/values/enterprise-number.ts";

/**
 * Makes the integration visible to a customer and vouches for the enterprise numbers that its entities have now. Or
 * withdraws it: connections are switched off as if an admin had done it, so data and links stay. The caller has made sure
 * that the customer exists.
 */
export async function setLiantisAvailability(
  db: Database,
  customerId: string,
  { available, now, actor }: { available: boolean; now: Date; actor?: Actor },
): Promise<void> {
  const at = now.toISOString();
  await tenantTransaction(db, { customerId, entityIds: "all" }, "app", async (trx) => {
    await setLiantisAvailableAt(trx, customerId, available ? at : null);
    for (const entity of await listEntitiesOfCustomers(trx, [customerId])) {
      if (available) await vouchForNumber(trx, entity, at);
      else await switchOff(trx, entity, at);
    }
    if (actor === undefined) return;
    const action = available ? "liantis.made_available" : "liantis.withdrawn";
    await recordAudit(trx, { ...actor, customerId, entityId: null, action, subject: customerId, at });
  });
}

interface Actor {
  actorKind: "account" | "api_key";
  actorId: string;
}

async function vouchForNumber(trx: TenantTransaction, entity: EntityRecord, at: string): Promise<void> {
  const { customerId, entityId, vatNumber } = entity;
  const reading = readEnterpriseNumber(vatNumber);
  if (reading.kind !== "ok") return;
  await confirmEnterpriseNumber(trx, customerId, entityId, { number: reading.number, confirmedAt: at });
}

async function switchOff(
  trx: TenantTransaction,
  { customerId, entityId }: EntityRecord,
  at: string,
): Promise<void> {
  const from = ["consent_requested", "choosing", "active", "paused"] as const;
  await moveConnection(trx, customerId, entityId, { from, to: "disabled", at });
  await cancelOpenRuns(trx, customerId, entityId, at);
  await endConnectTokens(trx, customerId, entityId, { at, only: "all" });
}
