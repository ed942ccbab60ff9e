import { sql } from "kysely";
import type { Language } from "../domain/records/worker.ts";
import { recordOfRow } from "../postgres/field-columns.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A mail that is to be sent or was sent. */
export interface Mail {
  customerId: string;
  mailId: string;
  entityId: string | null;
  template: string;
  language: Language;
  recipient: string;
  params: Record<string, string>;
  createdAt: string;
  sentAt: string | null;
}

export async function insertMail(trx: TenantTransaction, mail: Omit<Mail, "sentAt">): Promise<void> {
  await trx
    .insertInto("mails")
    .values({
      customer_id: mail.customerId,
      mail_id: mail.mailId,
      entity_id: mail.entityId,
      template: mail.template,
      language: mail.language,
      recipient: mail.recipient,
      params: JSON.stringify(mail.params),
      created_at: mail.createdAt,
      sent_at: null,
    })
    .execute();
}

export interface MailCounts {
  recipientHour: number;
  recipientDay: number;
  entityHour: number;
  customerDay: number;
}

/** Counts the mails that people asked for. Requests for one recipient or customer wait for each other from here on. */
export async function countRequestedMails(
  trx: TenantTransaction,
  mail: {
    customerId: string;
    entityId: string | null;
    recipient: string;
    templates: readonly string[];
    hourAgo: string;
    dayAgo: string;
  },
): Promise<MailCounts> {
  const { rows } = await sql<MailCounts>`
    select recipient_hour as "recipientHour",
           recipient_day as "recipientDay",
           entity_hour as "entityHour",
           customer_day as "customerDay"
    from count_requested_mails(
      ${mail.customerId},
      ${mail.entityId},
      ${mail.recipient},
      ${[...mail.templates]}::text[],
      ${mail.hourAgo}::timestamptz,
      ${mail.dayAgo}::timestamptz
    )`.execute(trx);
  const [counts] = rows;
  if (counts === undefined) throw new Error("count_requested_mails answered nothing");
  return counts;
}

/** The mail, locked until the transaction ends: two deliveries of one mail queue up. */
export async function lockMail(
  trx: TenantTransaction,
  customerId: string,
  mailId: string,
): Promise<Mail | undefined> {
  const row = await trx
    .selectFrom("mails")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("mail_id", "=", mailId)
    .forUpdate()
    .executeTakeFirst();
  return row && recordOfRow(row);
}

/** Marks a mail as sent and forgets the secret it carried. */
export async function markMailSent(
  trx: TenantTransaction,
  customerId: string,
  mailId: string,
  sentAt: string,
): Promise<void> {
  await trx
    .updateTable("mails")
    .set({ sent_at: sentAt, params: sql<string>`params - 'secret'` })
    .where("customer_id", "=", customerId)
    .where("mail_id", "=", mailId)
    .execute();
}

/** Who administers an entity, each in their own language. */
export async function listEntityAdmins(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<{ email: string; language: Language }[]> {
  return await trx
    .selectFrom("memberships")
    .innerJoin("accounts", "accounts.account_id", "memberships.account_id")
    .select(["accounts.email", "accounts.language"])
    .where("memberships.customer_id", "=", customerId)
    .where("memberships.role", "=", "admin")
    .where((eb) =>
      eb.or([
        eb("memberships.entity_ids", "is", null),
        sql<boolean>`${entityId}::uuid = any (memberships.entity_ids)`,
      ]),
    )
    .orderBy("accounts.email")
    .execute();
}
