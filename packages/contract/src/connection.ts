import * as z from "zod/mini";
import { id, instant, language } from "./page.ts";
import { hold, run } from "./syncs.ts";

export const connectionState = z.enum([
  "unavailable",
  "available",
  "consent_requested",
  "choosing",
  "active",
  "paused",
  "disabled",
]);
export const mode = z.enum(["full", "selective"]);
export const freshness = z.enum(["fresh", "late", "stale", "never"]);
export type ConnectionState = z.infer<typeof connectionState>;
export type Mode = z.infer<typeof mode>;
export type Freshness = z.infer<typeof freshness>;

/** What the main user granted at Liantis. The employer's instruction to share data, not the employees' consent. */
export const consentReceipt = z.object({
  grantedAt: instant,
  signerName: z.nullable(z.string()),
  signerEmail: z.nullable(z.string()),
  signerRole: z.string(),
  enterpriseNumber: z.string(),
  dataCategories: z.array(z.string()),
  textVersion: z.string(),
  /** The signer's e-mail is not the one that the request was sent to; null when it was sent to nobody. */
  signedByAnother: z.nullable(z.boolean()),
});
export type ConsentReceipt = z.infer<typeof consentReceipt>;

/** `GET /entities/{id}/liantis`: how an entity stands with Liantis. */
export const connection = z.object({
  entityId: id,
  state: connectionState,
  mode: z.nullable(mode),
  /** False for customers who come from the Liantis flex plan: they must choose who is synchronised. */
  fullAllowed: z.boolean(),
  enterpriseNumber: z.nullable(z.string()),
  /** Why it is paused (`consent_revoked`, `number_changed`, `failing`), or null. */
  pausedReason: z.nullable(z.string()),
  consent: z.nullable(consentReceipt),
  consentRequest: z.nullable(z.object({ email: z.string(), requestedAt: instant, expiresAt: instant })),
  lastSuccessAt: z.nullable(instant),
  nextRunAt: z.nullable(instant),
  freshness,
  counts: z.object({
    employees: z.int(),
    waiting: z.int(),
    excluded: z.int(),
    issues: z.int(),
    tasks: z.int(),
    /** Open holds, whatever opened them. */
    held: z.int(),
  }),
  lastActivationError: z.nullable(z.object({ code: z.string(), at: instant })),
  openHolds: z.array(hold),
  currentRun: z.nullable(run),
});
connection.register(z.globalRegistry, { id: "Connection" });
export type Connection = z.infer<typeof connection>;

/** `POST /entities/{id}/liantis/activation`: where to send the browser. */
export const activationStarted = z.object({ authorizationUrl: z.url(), expiresAt: instant });
export type ActivationStarted = z.infer<typeof activationStarted>;

/** `POST /entities/{id}/liantis/consent-request`. */
export const newConsentRequest = z.object({
  email: z.string().check(z.trim(), z.toLowerCase(), z.maxLength(320), z.email()),
  language,
});
export type NewConsentRequest = z.infer<typeof newConsentRequest>;

export const consentRequested = z.object({ email: z.string(), requestedAt: instant, expiresAt: instant });
export type ConsentRequested = z.infer<typeof consentRequested>;

/** How the way to Liantis and back can end. */
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

/** `GET /entities/{id}/liantis/preview-count`: how many people Liantis has for the entity. */
export const previewCount = z.object({ workers: z.int() });
export type PreviewCount = z.infer<typeof previewCount>;

/** `POST /entities/{id}/liantis/confirmation`: the first run starts. */
export const confirmation = z.object({
  mode,
  workerIds: z.optional(
    z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.maxLength(100_000)),
  ),
  previewHash: z.optional(z.string().check(z.maxLength(200))),
});
export type Confirmation = z.infer<typeof confirmation>;

export const runStarted = z.object({ runId: id });
export type RunStarted = z.infer<typeof runStarted>;
