import * as z from "zod/mini";
import { noRole } from "../access.ts";
import { endpoint, nothing } from "../endpoint.ts";
import { instant, language } from "../page.ts";

/** What a link is for: a new account's first password, a forgotten password, or a changed e-mail address. */
export const accountLinkPurpose = z.enum(["invite", "reset", "confirm_address"]);
export type AccountLinkPurpose = z.infer<typeof accountLinkPurpose>;

/** An account link as the page behind it shows it. */
export const accountLink = z.object({
  purpose: accountLinkPurpose,
  /** The address that the account signs in with once the link is used. */
  email: z.string(),
  name: z.string(),
  language,
  expiresAt: instant,
});
accountLink.register(z.globalRegistry, { id: "AccountLink" });
export type AccountLink = z.infer<typeof accountLink>;

/** The address to sign in with from now on. */
export const accountLinkUsed = z.object({ email: z.string() });
export type AccountLinkUsed = z.infer<typeof accountLinkUsed>;

const tokenParams = z.object({ token: z.string().check(z.minLength(1), z.maxLength(100)) });

export const requestPasswordReset = endpoint({
  method: "POST",
  path: "/session/password-reset",
  summary: "Ask for a link to choose a new password",
  description:
    "Always answers 202, after the same time. An account with this address gets a mail with a link that works once, for 7 days.",
  tags: ["session"],
  roles: noRole,
  tenant: "public",
  body: z.object({ email: z.string().check(z.minLength(1), z.maxLength(320)) }),
  example: { email: "an.peeters@brouwerij.example" },
  answers: { 202: nothing },
  problems: ["FORBIDDEN"],
});

export const readAccountLink = endpoint({
  method: "GET",
  path: "/account-links/:token",
  summary: "Read an account link",
  description: "Says what the link is for and whose it is. A link that was used, replaced or expired is 410.",
  tags: ["session"],
  roles: noRole,
  tenant: "public",
  params: tokenParams,
  answers: { 200: accountLink },
  problems: ["ACCOUNT_LINK_ENDED"],
});

export const followAccountLink = endpoint({
  method: "POST",
  path: "/account-links/:token",
  summary: "Use an account link",
  description:
    "Sets the password of the account, or confirms its new address (then without a password). The link works once. A new password ends every session of the account.",
  tags: ["session"],
  roles: noRole,
  tenant: "public",
  params: tokenParams,
  body: z.object({ password: z.optional(z.string().check(z.maxLength(1000))) }),
  example: { password: "correct horse battery staple" },
  answers: { 200: accountLinkUsed },
  problems: ["ACCOUNT_LINK_ENDED", "PASSWORD_TOO_WEAK", "FORBIDDEN"],
});
