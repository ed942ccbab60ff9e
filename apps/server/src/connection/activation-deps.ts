import type { Logger } from "pino";
import type { Database } from "../postgres/database.ts";
import type { KeyRing } from "../postgres/sealing.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { Liantis } from "../liantis/liantis.ts";

/** What activation needs of the rest; `server.ts` puts it together. */
export interface ActivationDeps {
  db: Database;
  liantis: Pick<Liantis, "findEmployer" | "fetchWorkerPage" | "buildConsentUrl" | "redeemConsent">;
  keyRing: KeyRing;
  /** Where the app is reached, without a slash at the end. */
  publicUrl: string;
  supportEmail: string;
  logger: Pick<Logger, "error" | "info">;
  now: () => Date;
  /**
   * Queues a run of a connection in the transaction that made it due, so that neither is there without the other.
   * Joins a run that waits; takes the place of one that has begun, for that one knows nothing of what was decided.
   */
  requestRun: (trx: TenantTransaction, request: RunRequest) => Promise<{ runId: string }>;
  /** Waits until no worker works on these cancelled runs any more: then nothing is asked of Liantis and nothing written. */
  runsLeft: (of: { customerId: string; runIds: string[] }) => Promise<void>;
  /** Only puts another run in the place of one that has begun; null where none has. */
  restartRun: (trx: TenantTransaction, request: RunRequest) => Promise<{ runId: string } | null>;
  /** Queues the run that makes a preview, under the preview's id. */
  requestPreview: (trx: TenantTransaction, request: PreviewRequest) => Promise<void>;
  /** Queues the delivery of a mail whose row stands in the same transaction (`deliverMail` of notify/ carries it out). */
  enqueueMail: (trx: TenantTransaction, mail: { customerId: string; mailId: string }) => Promise<void>;
}

interface RunRequest {
  customerId: string;
  entityId: string;
  trigger: "first" | "mode" | "choice" | "manual";
  /** The account or API key that asked. */
  requestedBy: string;
  at: string;
}

export interface PreviewRequest extends Omit<RunRequest, "trigger"> {
  previewId: string;
}

/** Who takes a step of activation, and for which entity. */
export interface ActivationActor {
  customerId: string;
  entityId: string;
  actorKind: "account" | "api_key";
  actorId: string;
}
