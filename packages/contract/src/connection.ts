import * as z from "zod/mini";
import { admins, readers } from "./access.ts";
import { endpoint } from "./endpoint.ts";
import { hold } from "./holds.ts";
import { id, idParams, instant } from "./page.ts";
import { run } from "./syncs.ts";

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
  /** The signer's e-mail is not the one that the request was sent to; null when no request was sent. */
  signedByAnother: z.nullable(z.boolean()),
});
export type ConsentReceipt = z.infer<typeof consentReceipt>;

/** An entity's tie to Liantis, and the state it is in. */
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
    /** Open holds of every kind. */
    held: z.int(),
  }),
  lastActivationError: z.nullable(z.object({ code: z.string(), at: instant })),
  openHolds: z.array(hold),
  currentRun: z.nullable(run),
});
connection.register(z.globalRegistry, { id: "Connection" });
export type Connection = z.infer<typeof connection>;

/** The state of the connection after it was switched on or off. */
export const connectionSwitched = z.object({ state: connectionState });
export type ConnectionSwitched = z.infer<typeof connectionSwitched>;

export const readConnection = endpoint({
  method: "GET",
  path: "/entities/:id/liantis",
  summary: "Read the connection of an entity",
  description:
    "Answers the state of the connection, the consent, the counts, the open holds and the run that is under way.",
  tags: ["connection"],
  roles: readers,
  tenant: "entity",
  params: idParams,
  answers: { 200: connection },
  problems: [],
});

export const disableConnection = endpoint({
  method: "POST",
  path: "/entities/:id/liantis/disable",
  summary: "Switch the integration off",
  description: "Ends an open run and unlocks the fields. People, links and history are kept.",
  tags: ["connection"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  answers: { 200: connectionSwitched },
  problems: ["WRONG_STATE"],
});

export const enableConnection = endpoint({
  method: "POST",
  path: "/entities/:id/liantis/enable",
  summary: "Switch the integration on again",
  description:
    "Continues where the integration stopped. It needs no new consent unless the consent was revoked, which Liantis is asked first.",
  tags: ["connection"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  answers: { 200: connectionSwitched },
  problems: ["NOT_AVAILABLE", "WRONG_STATE", "LIANTIS_UNAVAILABLE"],
});
