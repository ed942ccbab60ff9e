import type { TenantTransaction } from "../postgres/transaction.ts";

/** The work of one run, as a worker process takes it. */
export interface RunJob {
  customerId: string;
  runId: string;
}

/** How soon a run is taken up: a person waits for it, it is one of the night, or it is one of the night that takes long. */
export type Urgency = "urgent" | "nightly" | "long";

/**
 * Queues the work of a run in the transaction that inserted it: neither is there without the other. A job that is queued
 * already is not queued twice.
 */
export interface RunQueue {
  enqueueRun(trx: TenantTransaction, job: RunJob, urgency: Urgency): Promise<void>;
  /** On a queue of its own, beside the runs over whole listings. */
  enqueuePersonRun(trx: TenantTransaction, job: RunJob): Promise<void>;
}
