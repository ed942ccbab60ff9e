import type { EntityChange } from "@payflip/contract/entities.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { lockConnection, moveConnection } from "./connections.sql.ts";
import { endConnectTokens } from "./consent/consents.sql.ts";
import { planEverybodyAgain } from "./connections.sql.ts";
import { type EntityRecord, lockEntity, updateEntity } from "../access/entities.sql.ts";
import { cancelOpenRuns } from "../runs/cancel-run.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import { closeNumberIssue, raiseNumberIssue } from "./number-issue.ts";

export interface CompanyDetailsChange {
  customerId: string;
  entityId: string;
  actorKind: "account" | "api_key";
  actorId: string;
  change: EntityChange;
  at: string;
}

/**
 * Stores company details; any VAT text is kept, activation judges it. Another number ends the links that were sent for
 * the old one, and pauses a connection that was consented to for it until the old number is back or somebody reconnects.
 */
export async function changeCompanyDetails(
  trx: TenantTransaction,
  { customerId, entityId, change, at, ...actor }: CompanyDetailsChange,
): Promise<EntityRecord> {
  const stored = await lockEntity(trx, customerId, entityId);
  if (stored === null) throw new Error("the entity was there a moment ago");
  const next: EntityRecord = {
    ...stored,
    name: change.name ?? stored.name,
    vatNumber: change.vatNumber === undefined ? stored.vatNumber : blankToNull(change.vatNumber),
    emailDomain:
      change.emailDomain === undefined
        ? stored.emailDomain
        : blankToNull(change.emailDomain?.replace(/^@/, "")),
  };
  await updateEntity(trx, next);
  await recordAudit(trx, { ...actor, customerId, entityId, action: "entity.changed", subject: entityId, at });
  if (next.emailDomain !== stored.emailDomain) await planEverybodyAgain(trx, customerId, entityId);
  const number = numberOf(next);
  if (number !== numberOf(stored)) await followNumber(trx, next, number, at);
  return next;
}

async function followNumber(
  trx: TenantTransaction,
  { customerId, entityId, vatNumber }: EntityRecord,
  number: string | null,
  at: string,
): Promise<void> {
  await endConnectTokens(trx, customerId, entityId, { at, only: "all" });
  const connection = await lockConnection(trx, customerId, entityId, at);
  const { enterpriseNumber: consented, state } = connection;
  if (consented === null) return;
  if (consented === number) await closeNumberIssue(trx, { customerId, entityId, at });
  if (state === "active" && consented !== number) {
    await moveConnection(trx, customerId, entityId, {
      from: ["active"],
      to: "paused",
      pausedReason: "number_changed",
      at,
    });
    await cancelOpenRuns(trx, customerId, entityId, at);
  }
  const restsForNumber = state === "paused" && connection.pausedReason === "number_changed";
  if (restsForNumber && consented === number)
    await moveConnection(trx, customerId, entityId, { from: ["paused"], to: "active", at });
  if (consented !== number && (state === "active" || restsForNumber))
    await raiseNumberIssue(trx, { customerId, entityId, at }, { consented, vatNumber });
}

function numberOf({ vatNumber }: EntityRecord): string | null {
  const reading = readEnterpriseNumber(vatNumber);
  return reading.kind === "ok" ? reading.number : null;
}

function blankToNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text === "" ? null : text;
}
