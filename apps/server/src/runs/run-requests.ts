import type { EntityKey } from "../domain/records/keys.ts";
import type { TenantScope, TenantTransaction } from "../postgres/transaction.ts";

/** What people may ask of the synchronisation. */
export interface SyncControl {
  /** Starts a manual run, or joins the open one. A connection may start 20 an hour; joining is free. */
  requestSync(scope: TenantScope, entityId: string, actor: SyncActor): Promise<SyncRequested>;
  /** Queues a run about one employee, or joins the open one. */
  checkPerson(scope: TenantScope, employeeId: string, actor: SyncActor): Promise<PersonCheckRequested>;
  /** Does the same for a worker whom a link, choice or issue names, linked or not. */
  checkWorker(scope: TenantScope, worker: WorkerOfEntity, actor: SyncActor): Promise<WorkerCheckRequested>;
  /** Queues a run about one worker in the caller's transaction; null when a check is not possible. */
  followPerson(trx: TenantTransaction, follow: PersonFollow): Promise<string | null>;
  watchRun: RunChanges["watch"];
  acceptHold(scope: TenantScope, holdId: string, actor: SyncActor): Promise<HoldOutcome>;
  rejectHold(scope: TenantScope, holdId: string, actor: SyncActor): Promise<HoldOutcome>;
}

export interface RunChanges {
  /** Calls back when the run may have changed, in whichever process. @returns how to stop watching */
  watch(runId: string, onChange: () => void): () => void;
}

export interface SyncActor {
  actorKind: "account" | "api_key";
  actorId: string;
}

export type SyncRequested =
  | { kind: "requested"; runId: string; alreadyRunning: boolean }
  | { kind: "limit_reached"; retryAfterSeconds: number; remaining: number }
  | { kind: "not_active" };

/** `not_possible`: the employee is not linked, the connection is not active, or the person is not chosen. */
export type PersonCheckRequested = { kind: "requested"; runId: string } | { kind: "not_possible" };

/** `unknown`: nothing that is stored names the worker. */
export type WorkerCheckRequested = PersonCheckRequested | { kind: "unknown" };

export interface WorkerOfEntity {
  entityId: string;
  workerId: string;
}

export interface PersonFollow extends EntityKey {
  workerId: string;
  requestedBy: string;
  /** RFC 3339. */
  now: string;
}

/** `not_open`: it was decided already, or a later run replaced it. */
export type HoldOutcome = { kind: "decided"; runId: string | null } | { kind: "not_open" };
