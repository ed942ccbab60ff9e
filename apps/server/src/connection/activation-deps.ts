import type { Logger } from "pino";
import type { Liantis } from "../liantis/liantis.ts";
import type { Database } from "../postgres/database.ts";
import type { KeyRing } from "../postgres/sealing.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { PreviewRunRequest, RunRequest } from "../runs/request-run.ts";

/** What the use cases of the activation are constructed with, by `server.ts`. */
export interface ActivationDeps {
  db: Database;
  liantis: Pick<Liantis, "findEmployer" | "fetchWorkerPage" | "buildConsentUrl" | "redeemConsent">;
  keyRing: KeyRing;
  /** The URL that browsers reach the app at, without a slash at the end. */
  publicUrl: string;
  supportEmail: string;
  logger: Pick<Logger, "error" | "info">;
  now: () => Date;
  /**
   * Queues a run of a connection in the transaction of the decision that needs it. Joins a queued run; cancels and replaces a
   * running one, which read under the decision before.
   */
  requestRun: (trx: TenantTransaction, request: RunRequest) => Promise<{ runId: string }>;
  /** Waits until no worker process works on these cancelled runs any more. After that they fetch and write nothing. */
  runsLeft: (cancelled: { customerId: string; runIds: string[] }) => Promise<void>;
  /** Cancels and replaces a running run; null where none runs. */
  restartRun: (trx: TenantTransaction, request: RunRequest) => Promise<{ runId: string } | null>;
  /** Queues the run that makes a preview. The run has the preview's id. */
  requestPreview: (trx: TenantTransaction, request: PreviewRunRequest) => Promise<void>;
  /** Queues the delivery of a mail whose row the same transaction writes (`deliverMail` of notify/ delivers it). */
  enqueueMail: (trx: TenantTransaction, mail: { customerId: string; mailId: string }) => Promise<void>;
}

/** The caller who takes a step of the activation, and the entity. */
export interface ActivationActor {
  customerId: string;
  entityId: string;
  actorKind: "account" | "api_key";
  actorId: string;
}
