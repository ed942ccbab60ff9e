import type { TenantScope, TenantTransaction } from "../postgres/transaction.ts";

/** What people may ask of the synchronisation. */
export interface SyncControl {
  /** Starts a manual run, or names the one that is running. 20 starts an hour for a connection; joining is free. */
  requestSync(scope: TenantScope, entityId: string, actor: SyncActor): Promise<SyncRequested>;
  /** Fetches one person now, or names the run that does so already. */
  checkPerson(scope: TenantScope, employeeId: string, actor: SyncActor): Promise<PersonCheckRequested>;
  /** The same for a worker of whom something is known here, linked or not. */
  checkWorker(scope: TenantScope, worker: WorkerOfEntity, actor: SyncActor): Promise<WorkerCheckRequested>;
  /** Queues a run about one worker in the caller's transaction; null where the connection is not active. */
  followPerson(trx: TenantTransaction, follow: PersonFollow): Promise<string | null>;
  /** Calls back when something of the run may have changed, whichever process changed it; answers how to stop. */
  watchRun(runId: string, onChange: () => void): () => void;
  acceptHold(scope: TenantScope, holdId: string, actor: SyncActor): Promise<HoldDecision>;
  rejectHold(scope: TenantScope, holdId: string, actor: SyncActor): Promise<HoldDecision>;
}

export interface SyncActor {
  actorKind: "account" | "api_key";
  actorId: string;
}

export type SyncRequested =
  | { kind: "requested"; runId: string; alreadyRunning: boolean }
  | { kind: "limit_reached"; retryAfterSeconds: number; remaining: number }
  | { kind: "not_active" };

/** `not_possible`: nobody is linked, the connection is not active, or the person was not chosen. */
export type PersonCheckRequested = { kind: "requested"; runId: string } | { kind: "not_possible" };

/** `unknown`: nothing that is stored names the worker. */
export type WorkerCheckRequested = PersonCheckRequested | { kind: "unknown" };

export interface WorkerOfEntity {
  entityId: string;
  workerId: string;
}

export interface PersonFollow {
  customerId: string;
  entityId: string;
  workerId: string;
  requestedBy: string;
  /** RFC 3339. */
  at: string;
}

/** `not_open`: somebody decided already, or a later run replaced it. */
export type HoldDecision = { kind: "decided"; runId: string | null } | { kind: "not_open" };
