import type { Language } from "@payflip/contract/page.ts";
import type { Invite } from "../access/customers.ts";
import { enteredName } from "../notify/entered-name.ts";
import { assertMailAllowed } from "../notify/mail-limits.ts";
import { type MailQueue, queueMail } from "../notify/queue-mail.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { createAccountLink } from "./account-links.ts";

/** Makes the link of an invitation and queues the mail that carries it, in the transaction that makes the account. */
export function inviteByMail(queue: MailQueue): Invite {
  return async (trx, { customerId, accountId, email, language, customerName }) => {
    const link = { customerId, accountId, email, purpose: "invite" as const };
    const secret = await createAccountLink(trx, link, queue.now());
    await queueMail(trx, queue, {
      customerId,
      entityId: null,
      template: "account_invite",
      language,
      recipient: email,
      params: { customerName: enteredName(customerName) },
      secret,
    });
  };
}

/** The same for an invitation that an admin can repeat. @throws Problem RATE_LIMITED */
export function inviteWithinLimits(queue: MailQueue): Invite {
  return async (trx, account) => {
    const { customerId, email: recipient } = account;
    await assertMailAllowed(trx, { customerId, entityId: null, recipient, kind: "account" }, queue.now());
    await inviteByMail(queue)(trx, account);
  };
}

/** The same for a forgotten password, and for an address that is to be confirmed by its owner. */
export async function mailAccountLink(
  trx: TenantTransaction,
  queue: MailQueue,
  account: {
    customerId: string;
    accountId: string;
    email: string;
    language: Language;
    purpose: "reset" | "confirm_address";
  },
): Promise<void> {
  const { customerId, accountId, email, language, purpose } = account;
  if (purpose === "confirm_address")
    await assertMailAllowed(
      trx,
      { customerId, entityId: null, recipient: email, kind: "account" },
      queue.now(),
    );
  const secret = await createAccountLink(trx, { customerId, accountId, email, purpose }, queue.now());
  await queueMail(trx, queue, {
    customerId,
    entityId: null,
    template: purpose === "reset" ? "account_reset" : "account_confirm_address",
    language,
    recipient: email,
    params: {},
    secret,
  });
}
