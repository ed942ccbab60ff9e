import type { Logger } from "pino";
import type { ActivationDeps } from "../connection/activation-deps.ts";
import type { Database } from "../postgres/database.ts";
import type { KeyRing } from "../postgres/sealing.ts";
import type { SyncControl } from "../runs/run-requests.ts";

/** Everything the HTTP interface needs of the rest; `server.ts` puts it together. */
export interface AppDeps {
  db: Database;
  logger: Logger;
  /** The instant it is. An argument, so that tests can choose it. */
  now: () => Date;
  /** Where the app is reached, without a slash at the end. */
  publicUrl: string;
  /** Seals what is kept of answers. */
  keyRing: KeyRing;
  /** The website that people are sent to for changes. */
  myLiantisUrl: string;
  /** The consent form leads here: the only foreign address a form may go to. */
  liantisIssuerUrl: string;
  supportEmail: string | null;
  oidc: OidcSettings | null;
  /** Directory of the built web app, or null when this process serves none. */
  webDirectory: string | null;
  readiness: () => Promise<Readiness>;
  sync: SyncControl;
  activation: ActivationDeps;
}

export interface OidcSettings {
  issuerUrl: string;
  clientId: string;
  clientSecret: string;
}

/** Which part works: `true`, or `false` for the part that keeps the process from serving. */
export interface Readiness {
  database: boolean;
  queue: boolean;
  migrations: boolean;
}
