import type { EntityChange } from "@payflip/contract/entities.ts";
import { type EntityRecord, lockEntity, updateEntity } from "../access/entities.sql.ts";
import { readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { cancelOpenRuns } from "../runs/cancel-run.sql.ts";
import { lockConnection, moveConnection, unsettleLinks } from "./connections.sql.ts";
import { endConnectTokens } from "./consent/consents.sql.ts";
import { closeNumberIssue, raiseNumberIssue } from "./number-issue.ts";

export interface CompanyDetailsChange {
  customerId: string;
  entityId: string;
  actorKind: "account" | "api_key";
  actorId: string;
  change: EntityChange;
  now: string;
}

/**
 * Stores company details. Any VAT text is stored; the activation checks it. Another number ends the connect links for the old
 * one, and pauses a connection whose consent is for the old one until the old number is back or the consent is given again.
 */
export async function changeCompanyDetails(
  trx: TenantTransaction,
  { customerId, entityId, change, now, ...actor }: CompanyDetailsChange,
): Promise<EntityRecord> {
  const stored = await lockEntity(trx, customerId, entityId);
  if (stored === null) throw new Error("the route found the entity, and now it is gone");
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
  await recordAudit(trx, {
    ...actor,
    customerId,
    entityId,
    action: "entity.changed",
    subject: entityId,
    doneAt: now,
  });
  if (next.emailDomain !== stored.emailDomain) await unsettleLinks(trx, customerId, entityId);
  const number = numberOf(next);
  if (number !== numberOf(stored)) await followNumber(trx, next, number, now);
  return next;
}

async function followNumber(
  trx: TenantTransaction,
  { customerId, entityId, vatNumber }: EntityRecord,
  number: string | null,
  now: string,
): Promise<void> {
  await endConnectTokens(trx, customerId, entityId, { now, only: "all" });
  const connection = await lockConnection(trx, customerId, entityId, now);
  const { enterpriseNumber: consented, state } = connection;
  if (consented === null) return;
  if (consented === number) await closeNumberIssue(trx, { customerId, entityId, now });
  if (state === "active" && consented !== number) {
    await moveConnection(trx, customerId, entityId, {
      fromStates: ["active"],
      nextState: "paused",
      pausedReason: "number_changed",
      now,
    });
    await cancelOpenRuns(trx, customerId, entityId, now);
  }
  const isPausedForNumber = state === "paused" && connection.pausedReason === "number_changed";
  if (isPausedForNumber && consented === number)
    await moveConnection(trx, customerId, entityId, { fromStates: ["paused"], nextState: "active", now });
  if (consented !== number && (state === "active" || isPausedForNumber))
    await raiseNumberIssue(trx, { customerId, entityId, now }, { consented, vatNumber });
}

function numberOf({ vatNumber }: EntityRecord): string | null {
  const reading = readEnterpriseNumber(vatNumber);
  return reading.kind === "ok" ? reading.number : null;
}

function blankToNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text === "" ? null : text;
}
