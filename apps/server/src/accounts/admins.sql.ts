import { sql } from "kysely";
import type { Language } from "../domain/records/worker.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface AdminRecord {
  accountId: string;
  name: string | null;
  email: string;
  language: Language;
  /** null: every entity. */
  entityIds: string[] | null;
  hasPassword: boolean;
  /** The open invitation. */
  invitedAt: string | null;
  invitationExpiresAt: string | null;
}

/** The admins of the customer, by name. */
export async function listAdmins(
  trx: TenantTransaction,
  customerId: string,
  page: { limit: number; after: [name: string, accountId: string] | null; accountId?: string },
): Promise<{ admins: AdminRecord[]; total: number }> {
  const one = page.accountId === undefined ? sql`true` : sql`a.account_id = ${page.accountId}::uuid`;
  const after =
    page.after === null
      ? sql`true`
      : sql`(coalesce(a.name, a.email), a.account_id) > (${page.after[0]}, ${page.after[1]}::uuid)`;
  const { rows } = await sql<AdminRecord>`
    select a.account_id as "accountId",
           a.name,
           a.email,
           a.language,
           m.entity_ids as "entityIds",
           a.password_hash is not null as "hasPassword",
           l.created_at as "invitedAt",
           l.expires_at as "invitationExpiresAt"
    from memberships m
    join accounts a on a.account_id = m.account_id
    left join account_links l
      on l.customer_id = m.customer_id and l.account_id = m.account_id and l.purpose = 'invite'
    where m.customer_id = ${customerId} and m.role = 'admin' and ${one} and ${after}
    order by coalesce(a.name, a.email), a.account_id
    limit ${page.limit}`.execute(trx);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total
    from memberships
    where customer_id = ${customerId} and role = 'admin'`.execute(trx);
  return { admins: rows, total: counted.rows[0]?.total ?? 0 };
}

/** How many admins of every entity the customer has besides this account. */
export async function countOtherFullAdmins(
  trx: TenantTransaction,
  customerId: string,
  accountId: string,
): Promise<number> {
  const { count } = await trx
    .selectFrom("memberships")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("customer_id", "=", customerId)
    .where("role", "=", "admin")
    .where("entity_ids", "is", null)
    .where("account_id", "!=", accountId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The account of the customer that has the address. */
export async function findOwnAccount(
  trx: TenantTransaction,
  customerId: string,
  email: string,
): Promise<{ accountId: string; name: string | null; isAdmin: boolean } | null> {
  const { rows } = await sql<{ accountId: string; name: string | null; isAdmin: boolean }>`
    select a.account_id as "accountId",
           a.name,
           exists (select from memberships m where m.account_id = a.account_id and m.role = 'admin') as "isAdmin"
    from accounts a
    where a.customer_id = ${customerId} and a.email = ${email}`.execute(trx);
  return rows[0] ?? null;
}

export async function updateAdminAccount(
  trx: TenantTransaction,
  customerId: string,
  accountId: string,
  { name, language }: { name: string | null; language: Language },
): Promise<void> {
  await trx
    .updateTable("accounts")
    .set({ name, language })
    .where("customer_id", "=", customerId)
    .where("account_id", "=", accountId)
    .execute();
}

export async function updateAdminEntities(
  trx: TenantTransaction,
  customerId: string,
  accountId: string,
  entityIds: string[] | null,
): Promise<void> {
  await trx
    .updateTable("memberships")
    .set({ entity_ids: entityIds })
    .where("customer_id", "=", customerId)
    .where("account_id", "=", accountId)
    .where("role", "=", "admin")
    .execute();
}

/** Takes the role away, with the sessions and links of the account. @returns false when the customer has no such admin */
export async function deleteAdmin(trx: TenantTransaction, accountId: string): Promise<boolean> {
  const { rows } = await sql<{ removed: boolean }>`
    select remove_admin(${accountId}::uuid) as removed`.execute(trx);
  return rows[0]?.removed ?? false;
}
