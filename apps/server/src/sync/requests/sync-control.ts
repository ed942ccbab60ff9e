import type { Database } from "../../postgres/database.ts";
import { tenantTransaction } from "../../postgres/transaction.ts";
import type { RunQueue } from "../../runs/run-queue.ts";
import type { RunChanges, SyncControl } from "../../runs/run-requests.ts";
import { followPerson, requestCheck, requestWorkerCheck } from "./check-person.ts";
import { decideOnHold } from "./decide-hold.ts";
import { requestManualRun } from "./request-sync.ts";

export interface SyncControlDeps {
  db: Database;
  queue: RunQueue;
  changes: RunChanges;
  now: () => Date;
}

/** What people may ask of the synchronisation: to start a run, check a person, watch a run, decide a hold. */
export function createSyncControl(deps: SyncControlDeps): SyncControl {
  return {
    requestSync: (scope, entityId, actor) =>
      tenantTransaction(deps.db, scope, "app", (trx) => requestManualRun(deps, trx, scope, entityId, actor)),
    checkPerson: (scope, employeeId, actor) =>
      tenantTransaction(deps.db, scope, "app", (trx) =>
        requestCheck(deps, trx, { customerId: scope.customerId, employeeId, requestedBy: actor.actorId }),
      ),
    checkWorker: (scope, worker, actor) =>
      tenantTransaction(deps.db, scope, "app", (trx) =>
        requestWorkerCheck(deps, trx, {
          ...worker,
          customerId: scope.customerId,
          requestedBy: actor.actorId,
          now: deps.now().toISOString(),
        }),
      ),
    followPerson: (trx, follow) => followPerson(deps.queue, trx, follow),
    watchRun: (runId, onChange) => deps.changes.watch(runId, onChange),
    acceptHold: (scope, holdId, actor) => decideOnHold(deps, scope, holdId, actor, "accepted"),
    rejectHold: (scope, holdId, actor) => decideOnHold(deps, scope, holdId, actor, "rejected"),
  };
}
