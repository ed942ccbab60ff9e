import type { ParamKinds, ParamValues } from "./param-kinds.ts";

/** The mails that Payflip sends. */
export const mailCatalogue = {
  consent_request: { customerName: "text", entityName: "text", enterpriseNumber: "text" },
  consent_revoked: { entityName: "text" },
  account_invite: { customerName: "text" },
  operator_invite: {},
  account_reset: {},
  account_confirm_address: {},
} as const satisfies Record<string, ParamKinds>;

export type MailTemplate = keyof typeof mailCatalogue;

/** What the texts of a mail name. */
export type MailParams<Template extends MailTemplate> = ParamValues<(typeof mailCatalogue)[Template]>;

export function isMailTemplate(text: string): text is MailTemplate {
  return Object.hasOwn(mailCatalogue, text);
}
