import type { PgBoss } from "pg-boss";
import { findChoice } from "../choices/choices.sql.ts";
import { findEmployee } from "../people/employees.sql.ts";
import { newId } from "../postgres/ids.ts";
import { isKnownWorker } from "../people/links/link-writes.sql.ts";
import { attachAcceptedHold, insertRun } from "../runs/start-run.sql.ts";
import { findOpenRun } from "../runs/runs.sql.ts";
import type { RunTrigger } from "../postgres/rows/runs.ts";
import { findSyncConnection } from "../connection/sync-connection.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { PersonCheckRequested, PersonFollow, WorkerCheckRequested } from "../runs/run-requests.ts";
import { isCheckable } from "../people/field-locks.ts";
import { enqueuePersonRun } from "./boss.ts";

export interface PersonRunRequest {
  customerId: string;
  entityId: string;
  workerId: string;
  trigger: Extract<RunTrigger, "person" | "hold" | "choice">;
  requestedBy: string | null;
  /** RFC 3339 */
  at: string;
  /** The hold of this person that was accepted. */
  acceptedHoldId?: string;
}

/**
 * Queues a run about one worker, or joins the one that is open: asking twice is asking once. Null when an accepted hold is to
 * be let through and the open run has planned already.
 */
export async function requestPersonRun(
  boss: PgBoss,
  trx: TenantTransaction,
  request: PersonRunRequest,
): Promise<{ runId: string; joined: boolean } | null> {
  const { customerId, entityId, workerId, acceptedHoldId: holdId } = request;
  const runId = newId();
  if (await insertRun(trx, { ...request, runId, kind: "person" })) {
    await enqueuePersonRun(boss, trx, { customerId, runId });
    return { runId, joined: false };
  }
  const open = await findOpenRun(trx, { customerId, entityId }, { workerId });
  if (open === undefined) return await requestPersonRun(boss, trx, request);
  if (holdId !== undefined && !(await attachAcceptedHold(trx, { customerId, runId: open.runId, holdId })))
    return null;
  // Should its job be gone, it gets one again; where it is still there, this one is refused.
  await enqueuePersonRun(boss, trx, { customerId, runId: open.runId });
  return { runId: open.runId, joined: true };
}

/** Check this person now. */
export async function requestCheck(
  { boss, now }: { boss: PgBoss; now: () => Date },
  trx: TenantTransaction,
  { customerId, employeeId, requestedBy }: { customerId: string; employeeId: string; requestedBy: string },
): Promise<PersonCheckRequested> {
  const employee = await findEmployee(trx, customerId, employeeId);
  if (employee === null || employee.workerId === null) return { kind: "not_possible" };
  const { entityId, workerId } = employee;
  if (!isCheckable(employee)) return { kind: "not_possible" };
  const at = now().toISOString();
  const asked = { customerId, entityId, workerId, requestedBy, at };
  const run = await requestPersonRun(boss, trx, { ...asked, trigger: "person" });
  return run === null ? { kind: "not_possible" } : { kind: "requested", runId: run.runId };
}

/** Check this worker now, also one who is not in yet: an admin mends what keeps them out, and does not wait for the whole listing. */
export async function requestWorkerCheck(
  deps: { boss: PgBoss },
  trx: TenantTransaction,
  worker: PersonFollow,
): Promise<WorkerCheckRequested> {
  // Nobody is fetched under an id that somebody made up.
  if (!(await isKnownWorker(trx, worker))) return { kind: "unknown" };
  const runId = await followPerson(deps, trx, worker);
  return runId === null ? { kind: "not_possible" } : { kind: "requested", runId };
}

/** Fetches a worker whom somebody just linked or asked about; null where nothing is fetched now. */
export async function followPerson(
  { boss }: { boss: PgBoss },
  trx: TenantTransaction,
  follow: PersonFollow,
): Promise<string | null> {
  const { customerId, entityId } = follow;
  const connection = await findSyncConnection(trx, customerId, entityId);
  if (connection === undefined) return null;
  const { state: connectionState, mode } = connection;
  if (!isCheckable({ ...follow, connectionState, mode, choice: await findChoice(trx, follow) })) return null;
  const run = await requestPersonRun(boss, trx, { ...follow, trigger: "person" });
  return run?.runId ?? null;
}
