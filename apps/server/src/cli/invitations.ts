import type { Language } from "@payflip/contract/page.ts";
import { createAccountLink } from "../accounts/account-links.ts";
import type { MailTemplate } from "../domain/catalogue/mail-catalogue.ts";
import { accountLinkAddress } from "../notify/deliver-mail.ts";
import { createMailer } from "../notify/mailer.ts";
import { renderMail } from "../notify/render-mail.ts";
import type { Database } from "../postgres/database.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import { type CommandCall, commandConfig } from "./command.ts";

/** What a command prints of a link: `link` unless it was mailed, and why it was not where that was tried. */
export interface Invitation {
  email: string;
  mailed: boolean;
  link?: string;
  failure?: string;
}

/** Makes a link for an account. @returns its token */
export async function makeAccountLink(
  db: Database,
  account: { accountId: string; customerId: string | null; email: string; purpose: "invite" | "reset" },
  now: Date,
): Promise<string> {
  const customerId = account.customerId ?? account.accountId;
  return await tenantTransaction(db, { customerId, entityIds: "all" }, "app", (trx) =>
    createAccountLink(trx, { ...account, customerId }, now),
  );
}

/** Mails the link by SMTP; without SMTP_URL, or when that fails, the link is printed for the operator to pass on. */
export async function sendAccountLink(
  env: CommandCall["env"],
  mail: {
    id: string;
    email: string;
    language: Language;
    template: MailTemplate;
    params: Record<string, string>;
    token: string;
  },
): Promise<Invitation> {
  const { smtpUrl, dataDir, supportEmail, publicUrl, host, port } = commandConfig(env);
  const { email, language, template, params } = mail;
  const link = accountLinkAddress(publicUrl ?? `http://${host}:${port}`, mail.token);
  if (smtpUrl === null) return { email, mailed: false, link };
  const logger = { info: () => {} };
  const mailer = createMailer({ smtpUrl, dataDir, senderAddress: supportEmail, logger });
  try {
    await mailer.send({ ...renderMail({ template, language, params, link }), id: mail.id, recipient: email });
    return { email, mailed: true };
  } catch (error) {
    return { email, mailed: false, link, failure: error instanceof Error ? error.message : String(error) };
  }
}
