import type { Language } from "@payflip/contract/page.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { insertAccount, insertMembership } from "./accounts.sql.ts";
import { insertCustomer } from "./customers.sql.ts";
import { insertEntity } from "./entities.sql.ts";

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

/** Invites an account of a customer to choose a password. */
export type Invite = (
  trx: TenantTransaction,
  account: {
    customerId: string;
    accountId: string;
    email: string;
    language: Language;
    customerName: string;
  },
) => Promise<void>;

export interface CreatedCustomer {
  customerId: string;
  entityIds: string[];
  accountIds: string[];
}

/**
 * Creates a customer with its entities and admins, and invites the admins in the same transaction.
 * @throws Problem INVALID_REQUEST when an account already has an admin's address
 */
export async function createCustomer(
  db: Database,
  customer: CustomerToCreate,
  now: Date,
  invite: Invite | null = null,
): Promise<CreatedCustomer> {
  const customerId = newId(now.getTime());
  const createdAt = now.toISOString();
  return await tenantTransaction(db, { customerId, entityIds: "all" }, "app", async (trx) => {
    await insertCustomer(trx, { ...customer, customerId, createdAt });
    const entityIds: string[] = [];
    for (const { name, vatNumber } of customer.entities) {
      const entityId = newId(now.getTime());
      await insertEntity(trx, { customerId, entityId, name, vatNumber, createdAt });
      entityIds.push(entityId);
    }
    const accountIds: string[] = [];
    for (const [position, admin] of customer.admins.entries()) {
      const accountId = await insertAdmin(trx, { ...admin, customerId, entityIds, position, createdAt });
      accountIds.push(accountId);
      await invite?.(trx, { ...admin, customerId, accountId, customerName: customer.name });
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
    createdAt: string;
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
    createdAt: admin.createdAt,
  });
  return accountId;
}

function invalid(path: string, message: string): Problem {
  return new Problem("INVALID_REQUEST", { members: { errors: [{ path, message }] } });
}
