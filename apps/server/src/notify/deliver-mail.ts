import { isMailTemplate, type MailTemplate } from "../domain/catalogue/mail-catalogue.ts";
import type { Database } from "../postgres/database.ts";
import { unseal } from "../postgres/sealing.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import type { Mailer } from "./mailer.ts";
import { listEntityAdmins, lockMail, type Mail, markMailSent } from "./mails.sql.ts";
import { allEntityAdmins, type MailQueue, mailSecretPlace, queueMailAsStored } from "./queue-mail.ts";
import { type MailContent, renderMail } from "./render-mail.ts";

export interface MailDelivery extends MailQueue {
  db: Database;
  mailer: Mailer;
  publicUrl: string;
}

/**
 * Delivers one mail: the job of the mail queue. A mail to every admin becomes one mail each. The row is locked while it is
 * sent, so a mail goes out twice only if the process dies between sending and writing that down (then with the same
 * Message-ID). Throws what the mailer throws: the queue tries again.
 */
export async function deliverMail(
  delivery: MailDelivery,
  { customerId, mailId }: { customerId: string; mailId: string },
): Promise<void> {
  await tenantTransaction(delivery.db, { customerId, entityIds: "all" }, "app", async (trx) => {
    const mail = await lockMail(trx, customerId, mailId);
    if (mail === undefined || mail.sentAt !== null) return;
    if (mail.recipient === allEntityAdmins) await fanOut(trx, delivery, mail);
    else
      await delivery.mailer.send({
        ...renderMail(contentOf(delivery, mail)),
        id: mail.mailId,
        recipient: mail.recipient,
      });
    await markMailSent(trx, customerId, mailId, delivery.now().toISOString());
  });
}

async function fanOut(trx: TenantTransaction, delivery: MailDelivery, mail: Mail): Promise<void> {
  const { customerId, entityId, template, params } = mail;
  if (entityId === null) throw new Error("a mail to every admin names no entity");
  for (const { email, language } of await listEntityAdmins(trx, customerId, entityId)) {
    await queueMailAsStored(trx, delivery, {
      customerId,
      entityId,
      template: templateOf(template),
      language,
      recipient: email,
      params,
    });
  }
}

function contentOf({ publicUrl, keyRing }: MailDelivery, mail: Mail): MailContent {
  const { secret: sealed, ...params } = mail.params;
  const template = templateOf(mail.template);
  const secret =
    sealed === undefined ? "" : unseal(keyRing, mailSecretPlace(mail.customerId, mail.mailId), sealed);
  const link = linkOf(template, { publicUrl, secret, entityId: mail.entityId });
  return { template, language: mail.language, params, link };
}

function linkOf(
  template: MailTemplate,
  { publicUrl, secret, entityId }: { publicUrl: string; secret: string; entityId: string | null },
): string {
  if (template === "consent_request") return `${publicUrl}/connect/${secret}`;
  if (template === "consent_revoked")
    return `${publicUrl}/settings/integrations/liantis?entity=${entityId ?? ""}`;
  return accountLinkAddress(publicUrl, secret);
}

/** The page of the app that an account link opens. */
export function accountLinkAddress(publicUrl: string, token: string): string {
  return `${publicUrl}/account-links/${token}`;
}

function templateOf(name: string): MailTemplate {
  if (isMailTemplate(name)) return name;
  throw new Error(`there is no mail template ${name}`);
}
