import { findChoice } from "../../choices/choices.sql.ts";
import { findSyncConnection } from "../../connection/sync-connection.sql.ts";
import { findEmployee } from "../../people/employees.sql.ts";
import { isCheckable } from "../../people/field-locks.ts";
import { isKnownWorker } from "../../people/links/link-writes.sql.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";
import { requestPersonRun } from "../../runs/request-run.ts";
import type { RunQueue } from "../../runs/run-queue.ts";
import type { PersonCheckRequested, PersonFollow, WorkerCheckRequested } from "../../runs/run-requests.ts";

/** "Check this person now", for a linked employee. */
export async function requestCheck(
  { queue, now: clock }: { queue: RunQueue; now: () => Date },
  trx: TenantTransaction,
  { customerId, employeeId, requestedBy }: { customerId: string; employeeId: string; requestedBy: string },
): Promise<PersonCheckRequested> {
  const employee = await findEmployee(trx, customerId, employeeId);
  if (employee === null || employee.workerId === null) return { kind: "not_possible" };
  const { entityId, workerId } = employee;
  if (!isCheckable(employee)) return { kind: "not_possible" };
  const now = clock().toISOString();
  const request = { customerId, entityId, workerId, requestedBy, now, trigger: "person" } as const;
  const run = await requestPersonRun(queue, trx, request);
  return run === null ? { kind: "not_possible" } : { kind: "requested", runId: run.runId };
}

/** "Check this worker now", also for a worker who is not linked yet because of an issue. */
export async function requestWorkerCheck(
  { queue }: { queue: RunQueue },
  trx: TenantTransaction,
  worker: PersonFollow,
): Promise<WorkerCheckRequested> {
  // An id that was made up is never sent to Liantis.
  if (!(await isKnownWorker(trx, worker))) return { kind: "unknown" };
  const runId = await followPerson(queue, trx, worker);
  return runId === null ? { kind: "not_possible" } : { kind: "requested", runId };
}

/** Queues a run about a worker who was just linked or asked about; null when a check is not possible. */
export async function followPerson(
  queue: RunQueue,
  trx: TenantTransaction,
  follow: PersonFollow,
): Promise<string | null> {
  const { customerId, entityId } = follow;
  const connection = await findSyncConnection(trx, customerId, entityId);
  if (connection === undefined) return null;
  const { state: connectionState, mode } = connection;
  if (!isCheckable({ ...follow, connectionState, mode, choice: await findChoice(trx, follow) })) return null;
  const run = await requestPersonRun(queue, trx, { ...follow, trigger: "person" });
  return run?.runId ?? null;
}
