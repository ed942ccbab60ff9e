import type { AdminChange } from "@payflip/contract/accounts/admins.ts";
import type { Language } from "@payflip/contract/page.ts";
import { findSignInAccount, insertAccount, insertMembership } from "../access/accounts.sql.ts";
import { type CustomerRecord, lockCustomer } from "../access/customers.sql.ts";
import type { Invite } from "../access/customers.ts";
import { findEntity } from "../access/entities.sql.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import {
  type AdminRecord,
  countOtherFullAdmins,
  deleteAdmin,
  findOwnAccount,
  listAdmins,
  updateAdminAccount,
  updateAdminEntities,
} from "./admins.sql.ts";

export interface AdminDeps {
  db: Database;
  now: () => Date;
  invite: Invite;
  /** Sends the link with which the owner of a new address confirms it. */
  confirmAddress: (
    trx: TenantTransaction,
    account: { customerId: string; accountId: string; email: string; language: Language },
  ) => Promise<void>;
}

/** The customer whose admins change, and who changes them. */
export interface AdminActor {
  customerId: string;
  actorKind: "account" | "api_key" | "command_line";
  actorId: string;
}

export interface AdminToAdd {
  email: string;
  name: string;
  /** Undefined: the customer's. */
  language: Language | undefined;
  /** Null: every entity. */
  entityIds: string[] | null;
}

/**
 * Adds an admin and mails the invitation. An employee of the customer becomes one with the same account.
 * @throws Problem EMAIL_TAKEN for an address of an admin or of an account elsewhere; INVALID_REQUEST for an unknown entity
 */
export async function addAdmin(deps: AdminDeps, actor: AdminActor, admin: AdminToAdd): Promise<AdminRecord> {
  return await changeAdmins(deps, actor, async (trx, customer) => {
    const { customerId } = customer;
    await assertEntities(trx, customerId, admin.entityIds);
    const language = admin.language ?? customer.language;
    const accountId = await accountFor(trx, { ...admin, customerId, language }, deps.now());
    await insertMembership(trx, {
      accountId,
      customerId,
      role: "admin",
      entityIds: admin.entityIds,
      seesWages: true,
      createdAt: deps.now().toISOString(),
    });
    const invited = { customerId, accountId, email: admin.email, language, customerName: customer.name };
    await deps.invite(trx, invited);
    await audit(trx, deps, { actor, action: "admin.added", accountId });
    return await readAdmin(trx, customerId, accountId);
  });
}

/** The account that becomes an admin's: the customer's own with this address, or a new one. */
async function accountFor(
  trx: TenantTransaction,
  admin: { customerId: string; email: string; name: string; language: Language },
  now: Date,
): Promise<string> {
  const { customerId, email, name, language } = admin;
  const own = await findOwnAccount(trx, customerId, email);
  if (own?.isAdmin === true) throw new Problem("EMAIL_TAKEN");
  if (own !== null) {
    await updateAdminAccount(trx, customerId, own.accountId, { name: own.name ?? name, language });
    return own.accountId;
  }
  const accountId = newId(now.getTime());
  const createdAt = now.toISOString();
  const account = { accountId, customerId, email, name, language, passwordHash: null, createdAt };
  if (!(await insertAccount(trx, account))) throw new Problem("EMAIL_TAKEN");
  return accountId;
}

/**
 * Changes an admin. A new address counts once its owner has followed the link that is mailed to it.
 * @throws Problem NOT_FOUND, EMAIL_TAKEN, LAST_ADMIN when no admin of all entities would remain
 */
export async function changeAdmin(
  deps: AdminDeps,
  actor: AdminActor,
  { accountId, change }: { accountId: string; change: AdminChange },
): Promise<AdminRecord> {
  const { customerId } = actor;
  return await changeAdmins(deps, actor, async (trx) => {
    const admin = await readAdmin(trx, customerId, accountId);
    const { name = admin.name, language = admin.language, entityIds, email = admin.email } = change;
    if (entityIds !== undefined) {
      await assertEntities(trx, customerId, entityIds);
      if (entityIds !== null) await assertNotLast(trx, customerId, admin);
      await updateAdminEntities(trx, customerId, accountId, entityIds);
    }
    await updateAdminAccount(trx, customerId, accountId, { name, language });
    if (email !== admin.email) {
      if ((await findSignInAccount(trx, email)) !== null) throw new Problem("EMAIL_TAKEN");
      await deps.confirmAddress(trx, { customerId, accountId, email, language });
    }
    await audit(trx, deps, { actor, action: "admin.changed", accountId });
    return await readAdmin(trx, customerId, accountId);
  });
}

/** Removes an admin and ends the sessions. @throws Problem NOT_FOUND, LAST_ADMIN */
export async function removeAdmin(deps: AdminDeps, actor: AdminActor, accountId: string): Promise<void> {
  const { customerId } = actor;
  await changeAdmins(deps, actor, async (trx) => {
    await assertNotLast(trx, customerId, await readAdmin(trx, customerId, accountId));
    await deleteAdmin(trx, accountId);
    await audit(trx, deps, { actor, action: "admin.removed", accountId });
  });
}

/** Mails a new invitation; the former link ends. @throws Problem NOT_FOUND, WRONG_STATE for an admin who has a password */
export async function inviteAgain(
  deps: AdminDeps,
  actor: AdminActor,
  accountId: string,
): Promise<AdminRecord> {
  return await changeAdmins(deps, actor, async (trx, customer) => {
    const { customerId } = customer;
    const admin = await readAdmin(trx, customerId, accountId);
    if (admin.hasPassword) throw new Problem("WRONG_STATE");
    await deps.invite(trx, { ...admin, customerId, customerName: customer.name });
    await audit(trx, deps, { actor, action: "admin.invited", accountId });
    return await readAdmin(trx, customerId, accountId);
  });
}

/** Changes of one customer's admins wait for each other, so that the last one cannot be removed twice at once. */
async function changeAdmins<Result>(
  { db }: AdminDeps,
  { customerId }: AdminActor,
  work: (trx: TenantTransaction, customer: CustomerRecord) => Promise<Result>,
): Promise<Result> {
  return await tenantTransaction(db, { customerId, entityIds: "all" }, "app", async (trx) => {
    const customer = await lockCustomer(trx, customerId);
    if (customer === null) throw new Problem("NOT_FOUND");
    return await work(trx, customer);
  });
}

async function readAdmin(
  trx: TenantTransaction,
  customerId: string,
  accountId: string,
): Promise<AdminRecord> {
  const [admin] = (await listAdmins(trx, customerId, { limit: 1, after: null, accountId })).admins;
  if (admin === undefined) throw new Problem("NOT_FOUND");
  return admin;
}

async function assertNotLast(trx: TenantTransaction, customerId: string, admin: AdminRecord): Promise<void> {
  if (admin.entityIds !== null) return;
  if ((await countOtherFullAdmins(trx, customerId, admin.accountId)) === 0) throw new Problem("LAST_ADMIN");
}

async function assertEntities(
  trx: TenantTransaction,
  customerId: string,
  entityIds: string[] | null,
): Promise<void> {
  for (const [position, entityId] of (entityIds ?? []).entries()) {
    if ((await findEntity(trx, customerId, entityId)) !== null) continue;
    const errors = [{ path: `entityIds.${position}`, message: "no such entity" }];
    throw new Problem("INVALID_REQUEST", { members: { errors } });
  }
}

async function audit(
  trx: TenantTransaction,
  { now }: AdminDeps,
  { actor, action, accountId }: { actor: AdminActor; action: string; accountId: string },
): Promise<void> {
  const doneAt = now().toISOString();
  await recordAudit(trx, { ...actor, entityId: null, action, subject: accountId, doneAt });
}
