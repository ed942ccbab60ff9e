import type { MailTemplate } from "../domain/catalogue/mail-catalogue.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { countRequestedMails } from "./mails.sql.ts";

/** The mails that a person can trigger, to an address that the person chooses; each kind is counted for itself. */
const requestedTemplates = {
  consent: ["consent_request"],
  account: ["account_invite", "account_confirm_address"],
} as const satisfies Record<string, MailTemplate[]>;

/** How many of them are sent at most. The recipient counts over all customers: several could write to one address. */
export const mailLimits = { recipientHourMax: 3, recipientDayMax: 10, entityHourMax: 10, customerDayMax: 50 };

const hourSeconds = 3600;
const daySeconds = 24 * hourSeconds;

/**
 * Refuses a mail that a person asks for, beyond the limits of its recipient, entity or customer. Requests at the same moment wait for
 * each other until the transaction ends, so that each counts the mails of those before it.
 *
 * @throws Problem RATE_LIMITED
 */
export async function assertMailAllowed(
  trx: TenantTransaction,
  mail: {
    customerId: string;
    entityId: string | null;
    recipient: string;
    kind: keyof typeof requestedTemplates;
  },
  now: Date,
): Promise<void> {
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();
  const counts = await countRequestedMails(trx, {
    ...mail,
    templates: requestedTemplates[mail.kind],
    hourAgo: ago(hourSeconds),
    dayAgo: ago(daySeconds),
  });
  const isHourFull =
    counts.recipientHour >= mailLimits.recipientHourMax || counts.entityHour >= mailLimits.entityHourMax;
  const isDayFull =
    counts.recipientDay >= mailLimits.recipientDayMax || counts.customerDay >= mailLimits.customerDayMax;
  if (isHourFull || isDayFull)
    throw new Problem("RATE_LIMITED", { retryAfterSeconds: isDayFull ? daySeconds : hourSeconds });
}
