import type { ChangeReason } from "@payflip/contract/syncs.ts";
import type { MessageId } from "../intl/messages.ts";

/** The text of each reason, on the screen and in a CSV file. */
export const reasonTexts = {
  new_worker: "change.reason.new_worker",
  email_match: "change.reason.email_match",
  changed_in_liantis: "change.reason.changed_in_liantis",
  contract_gone: "change.reason.contract_gone",
  address_exchange: "change.reason.address_exchange",
  contract_by_date: "change.reason.contract_by_date",
  reverted: "change.reason.reverted",
} as const satisfies Record<ChangeReason, MessageId>;
