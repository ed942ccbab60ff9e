import type { Language } from "@payflip/contract/page.ts";
import type { MailParams, MailTemplate } from "../domain/catalogue/mail-catalogue.ts";
import { newId } from "../postgres/ids.ts";
import { type KeyRing, seal } from "../postgres/sealing.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { insertMail } from "./mails.sql.ts";

export interface MailQueue {
  keyRing: KeyRing;
  now: () => Date;
  /** Queues the job that delivers the mail, in the same transaction: it carries ids, no address. */
  enqueueMail: (trx: TenantTransaction, mail: { customerId: string; mailId: string }) => Promise<void>;
}

export interface NewMail<Template extends MailTemplate> extends MailToQueue {
  template: Template;
  params: MailParams<Template>;
}

interface MailToQueue {
  /** For an account of the platform, which has no customer: the id of the account. */
  customerId: string;
  entityId: string | null;
  template: MailTemplate;
  language: Language;
  /** An address, or `allEntityAdmins`: each admin of the entity then gets a mail in their own language. */
  recipient: string;
  params: Record<string, string>;
  /** A secret that the mail carries (the token of a link): sealed at rest and gone once the mail is sent. */
  secret?: string;
}

/** In place of an address: resolved to the entity's admins when the mail is delivered. */
export const allEntityAdmins = "admins-of-the-entity";

/** Writes a mail down and queues its delivery, both or neither. @returns its id */
export async function queueMail<Template extends MailTemplate>(
  trx: TenantTransaction,
  queue: MailQueue,
  mail: NewMail<Template>,
): Promise<string> {
  return await queueMailAsStored(trx, queue, mail);
}

/** The same for a mail whose template and values were read from the database. */
export async function queueMailAsStored(
  trx: TenantTransaction,
  queue: MailQueue,
  mail: MailToQueue,
): Promise<string> {
  const now = queue.now();
  const mailId = newId(now.getTime());
  const { customerId, secret, ...rest } = mail;
  const sealed =
    secret === undefined ? {} : { secret: seal(queue.keyRing, mailSecretPlace(customerId, mailId), secret) };
  await insertMail(trx, {
    ...rest,
    customerId,
    mailId,
    params: { ...mail.params, ...sealed },
    createdAt: now.toISOString(),
  });
  await queue.enqueueMail(trx, { customerId, mailId });
  return mailId;
}

/** Tells the admins of an entity that the consent was revoked at Liantis. Works under the role of a run as well. */
export async function queueConsentRevokedMail(
  trx: TenantTransaction,
  queue: MailQueue,
  { customerId, entityId, entityName }: { customerId: string; entityId: string; entityName: string },
): Promise<string> {
  return await queueMail(trx, queue, {
    customerId,
    entityId,
    template: "consent_revoked",
    // Each admin's own language is taken at delivery.
    language: "en",
    recipient: allEntityAdmins,
    params: { entityName },
  });
}

export function mailSecretPlace(customerId: string, mailId: string) {
  return { customerId, table: "mails", column: "params.secret", rowId: mailId };
}
