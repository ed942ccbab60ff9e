import { setLiantisAvailableAt } from "../access/customers.sql.ts";
import {
  confirmEnterpriseNumber,
  type EntityRecord,
  listEntitiesOfCustomers,
} from "../access/entities.sql.ts";
import { readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import type { Database } from "../postgres/database.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { cancelOpenRuns } from "../runs/cancel-run.sql.ts";
import { moveConnection } from "./connections.sql.ts";
import { endConnectTokens } from "./consent/consents.sql.ts";

/**
 * Makes the integration available to a customer and confirms the enterprise numbers that its entities have now. Or makes it
 * unavailable: every connection is disabled as an admin would do it, so data and links stay. The caller has checked that the
 * customer exists.
 */
export async function setLiantisAvailability(
  db: Database,
  customerId: string,
  { available, now, actor }: { available: boolean; now: Date; actor?: Actor },
): Promise<void> {
  const changedAt = now.toISOString();
  await tenantTransaction(db, { customerId, entityIds: "all" }, "app", async (trx) => {
    await setLiantisAvailableAt(trx, customerId, available ? changedAt : null);
    for (const entity of await listEntitiesOfCustomers(trx, [customerId])) {
      if (available) await confirmNumber(trx, entity, changedAt);
      else await disable(trx, entity, changedAt);
    }
    if (actor === undefined) return;
    const action = available ? "liantis.made_available" : "liantis.withdrawn";
    await recordAudit(trx, {
      ...actor,
      customerId,
      entityId: null,
      action,
      subject: customerId,
      doneAt: changedAt,
    });
  });
}

interface Actor {
  actorKind: "account" | "api_key";
  actorId: string;
}

async function confirmNumber(
  trx: TenantTransaction,
  entity: EntityRecord,
  confirmedAt: string,
): Promise<void> {
  const { customerId, entityId, vatNumber } = entity;
  const reading = readEnterpriseNumber(vatNumber);
  if (reading.kind !== "ok") return;
  await confirmEnterpriseNumber(trx, customerId, entityId, { number: reading.number, confirmedAt });
}

async function disable(
  trx: TenantTransaction,
  { customerId, entityId }: EntityRecord,
  now: string,
): Promise<void> {
  const fromStates = ["consent_requested", "choosing", "active", "paused"] as const;
  await moveConnection(trx, customerId, entityId, { fromStates, nextState: "disabled", now });
  await cancelOpenRuns(trx, customerId, entityId, now);
  await endConnectTokens(trx, customerId, entityId, { now, only: "all" });
}
