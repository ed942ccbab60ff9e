import * as z from "zod/mini";
import { admins, noRole } from "./access.ts";
import { mode } from "./connection.ts";
import { endpoint, manyIdsLimit, nothing } from "./endpoint.ts";
import { idParams, instant, language, workerIds } from "./page.ts";
import { runStarted } from "./syncs.ts";

/** Where to send the browser. */
export const activationStarted = z.object({ authorizationUrl: z.url(), expiresAt: instant });
export type ActivationStarted = z.infer<typeof activationStarted>;

export const newConsentRequest = z.object({
  email: z.string().check(z.trim(), z.toLowerCase(), z.maxLength(320), z.email()),
  language,
});
export type NewConsentRequest = z.infer<typeof newConsentRequest>;

export const consentRequested = z.object({ email: z.string(), requestedAt: instant, expiresAt: instant });
export type ConsentRequested = z.infer<typeof consentRequested>;

/** How a visit to Liantis for the consent can end. */
export const callbackOutcome = z.enum([
  "granted",
  "CONSENT_CANCELLED",
  "CONSENT_NOT_MAIN_USER",
  "CONSENT_STATE_MISMATCH",
  "CONSENT_FOR_OTHER_COMPANY",
  "COMPANY_NOT_FOUND",
  "INTERNAL",
]);
export type CallbackOutcome = z.infer<typeof callbackOutcome>;

/** How many people Liantis lists for the entity. */
export const workerCount = z.object({ workers: z.int() });
export type WorkerCount = z.infer<typeof workerCount>;

/** `workerIds`: the people who are synchronised in selective mode. `previewHash`: apply exactly what that preview showed. */
export const confirmation = z.object({
  mode,
  workerIds: z.optional(workerIds),
  previewHash: z.optional(z.string().check(z.maxLength(200))),
});
export type Confirmation = z.infer<typeof confirmation>;

const checkedProblems = [
  "NOT_AVAILABLE",
  "VAT_MISSING",
  "VAT_INVALID",
  "COMPANY_NOT_FOUND",
  "ENTITY_ALREADY_CONNECTED",
  "NUMBER_NOT_CONFIRMED",
  "LIANTIS_UNAVAILABLE",
] as const;

export const startActivation = endpoint({
  method: "POST",
  path: "/entities/:id/liantis/activation",
  summary: "Check the company and start the consent",
  description:
    "Checks the VAT number at Liantis and answers the address where the main user gives the consent: for a session the issuer's own, for an API key a link that can be handed over.",
  tags: ["activation"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  answers: { 201: activationStarted },
  problems: checkedProblems,
});

export const requestConsent = endpoint({
  method: "POST",
  path: "/entities/:id/liantis/consent-request",
  summary: "Send the main user a link to the consent",
  description:
    "Mails a link to the consent step alone, which works for 14 days without an account here. A new request ends the one before.",
  tags: ["activation"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  body: newConsentRequest,
  example: { email: "hr@brouwerij.example", language: "nl" },
  answers: { 201: consentRequested },
  problems: checkedProblems,
});

export const finishConsent = endpoint({
  method: "GET",
  path: "/liantis/callback",
  summary: "Come back from Liantis",
  description:
    "For a browser: the redirect URI of the consent. Redirects to a page of the app, or to the last page of the link, that says how the consent ended.",
  tags: ["activation"],
  roles: noRole,
  tenant: "public",
  answers: { 303: nothing },
  problems: [],
});

export const countWorkers = endpoint({
  method: "GET",
  path: "/entities/:id/liantis/preview-count",
  summary: "Count the people at Liantis",
  description: "Asks Liantis how many people it lists for the entity, before a full sync is confirmed.",
  tags: ["activation"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  answers: { 200: workerCount },
  problems: ["WRONG_STATE", "LIANTIS_UNAVAILABLE"],
});

const confirmedProblems = [
  "NOT_AVAILABLE",
  "FULL_SYNC_NOT_ALLOWED",
  "WRONG_STATE",
  "CONSENT_STATE_MISMATCH",
  "PREVIEW_OUTDATED",
] as const;

export const confirmActivation = endpoint({
  method: "POST",
  path: "/entities/:id/liantis/confirmation",
  summary: "Confirm the mode and start the first sync",
  description:
    "Makes the connection active and queues its first run. With the hash of a preview the run applies exactly what the preview showed, or nothing when something is different by now.",
  tags: ["activation"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  body: confirmation,
  example: { mode: "selective", workerIds: ["w-1001", "w-1002"] },
  bodyLimit: manyIdsLimit,
  answers: { 202: runStarted },
  problems: confirmedProblems,
});

export const changeMode = endpoint({
  method: "PUT",
  path: "/entities/:id/liantis/mode",
  summary: "Change the mode",
  description:
    "Changes the mode of an active connection and queues a run, with the same body and rules as the confirmation.",
  tags: ["activation"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  body: confirmation,
  example: { mode: "full" },
  bodyLimit: manyIdsLimit,
  answers: { 202: runStarted },
  problems: confirmedProblems,
});
