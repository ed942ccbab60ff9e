import type { Logger } from "pino";
import type { OidcSettings } from "../access/oidc-sign-in.ts";
import type { ActivationDeps } from "../connection/activation-deps.ts";
import type { Database } from "../postgres/database.ts";
import type { KeyRing } from "../postgres/sealing.ts";
import type { HttpLimits } from "./limits/http-limits.ts";
import type { SyncControl } from "../runs/run-requests.ts";

/** What the HTTP interface is constructed with, by `server.ts`. */
export interface AppDeps {
  db: Database;
  logger: Logger;
  /** The clock; tests set their own. */
  now: () => Date;
  /** The URL that browsers reach the app at, without a slash at the end. */
  publicUrl: string;
  /** Seals the kept answers of idempotent requests. */
  keyRing: KeyRing;
  /** The MyLiantis website, where admins change what Liantis is the master of. */
  myLiantisUrl: string;
  /** Where the consent form redirects to: the only other site that a form may lead to. */
  liantisIssuerUrl: string;
  supportEmail: string | null;
  oidc: OidcSettings | null;
  /** Directory of the built web app, or null when this process serves none. */
  webDirectory: string | null;
  readiness: () => Promise<Readiness>;
  /** The process is about to stop: it is sent no new requests. */
  isStopping: () => boolean;
  limits: HttpLimits;
  sync: SyncControl;
  activation: ActivationDeps;
}

/** The parts that the process needs to serve; `false` for one that does not work. */
export interface Readiness {
  database: boolean;
  queue: boolean;
  migrations: boolean;
}
