import type { Language } from "@payflip/contract/page.ts";
import { insertAccount, insertMembership } from "../db/accounts.ts";
import { recordAudit } from "../db/audit.ts";
import { moveConnection } from "../db/connections.ts";
import { endConnectTokens } from "../db/consents.ts";
import { insertCustomer, setLiantisAvailableAt } from "../db/customers.ts";
import type { Database } from "../db/database.ts";
import {
  confirmEnterpriseNumber,
  type EntityRecord,
  insertEntity,
  listEntitiesOfCustomers,
} from "../db/entities.ts";
import { newId } from "../db/ids.ts";
import { cancelOpenRuns } from "../db/runs.ts";
import { type TenantTransaction, tenantTransaction } from "../db/transaction.ts";
import { readEnterpriseNumber } from "../domain/enterprise-number.ts";
import { Problem } from "./problem.ts";

export interface CustomerToCreate {
  name: string;
  language: Language;
  migratedFromFlexPlan: boolean;
  entities: { name: string; vatNumber: string | null }[];
  admins: {
    email: string;
    name: string;
    language: Language;
    /** Positions in `entities`; null: all of them. */
    entityPositions: number[] | null;
    /** Null: signs in by OpenID. */
    passwordHash: string | null;
  }[];
}

export interface CreatedCustomer {
  customerId: string;
  entityIds: string[];
  accountIds: string[];
}

/**
 * Makes a customer with its entities and admins.
 * @throws Problem INVALID_REQUEST when an admin's address belongs to an account already
 */
export async function createCustomer(
  db: Database,
  customer: CustomerToCreate,
  now: Date,
): Promise<CreatedCustomer> {
  const customerId = newId(now.getTime());
  const at = now.toISOString();
  return await tenantTransaction(db, { customerId, entityIds: "all" }, "app", async (trx) => {
    await insertCustomer(trx, { ...customer, customerId, at });
    const entityIds: string[] = [];
    for (const { name, vatNumber } of customer.entities) {
      const entityId = newId(now.getTime());
      await insertEntity(trx, { customerId, entityId, name, vatNumber, at });
      entityIds.push(entityId);
    }
    const accountIds: string[] = [];
    for (const [position, admin] of customer.admins.entries()) {
      accountIds.push(await insertAdmin(trx, { ...admin, customerId, entityIds, position, at }));
    }
    return { customerId, entityIds, accountIds };
  });
}

async function insertAdmin(
  trx: TenantTransaction,
  admin: CustomerToCreate["admins"][number] & {
    customerId: string;
    entityIds: string[];
    position: number;
    at: string;
  },
): Promise<string> {
  const accountId = newId();
  const free = await insertAccount(trx, { ...admin, accountId });
  if (!free) throw invalid(`admins.${admin.position}.email`, "belongs to an account already");
  const entityIds = admin.entityPositions?.map((position) => {
    const entityId = admin.entityIds[position];
    if (entityId === undefined) throw invalid(`admins.${admin.position}.entityIds`, "no such entity");
    return entityId;
  });
  await insertMembership(trx, {
    accountId,
    customerId: admin.customerId,
    role: "admin",
    entityIds: entityIds ?? null,
    seesWages: true,
    at: admin.at,
  });
  return accountId;
}

function invalid(path: string, message: string): Problem {
  return new Problem("INVALID_REQUEST", { members: { errors: [{ path, message }] } });
}

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
  await confirmEnterpriseNumber(trx, customerId, entityId, { number: reading.number, at });
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
