import { findSyncConnection } from "../../connection/sync-connection.sql.ts";
import type { TenantScope, TenantTransaction } from "../../postgres/transaction.ts";
import { requestRun } from "../../runs/request-run.ts";
import type { RunQueue } from "../../runs/run-queue.ts";
import type { SyncActor, SyncRequested } from "../../runs/run-requests.ts";
import { findOpenRun } from "../../runs/runs.sql.ts";
import { countManualRunsSince } from "../../runs/start-run.sql.ts";

const hourMs = 3_600_000;
const manualRunsAnHour = 20;

/** "Sync now". */
export async function requestManualRun(
  { queue, now }: { queue: RunQueue; now: () => Date },
  trx: TenantTransaction,
  { customerId }: TenantScope,
  entityId: string,
  actor: SyncActor,
): Promise<SyncRequested> {
  const connection = await findSyncConnection(trx, customerId, entityId);
  if (connection?.state !== "active") return { kind: "not_active" };
  const open = await findOpenRun(trx, { customerId, entityId }, "full_listing");
  // The limit is for starting a run, not for joining one.
  if (open) return { kind: "requested", runId: open.runId, alreadyRunning: true };
  const nowMs = now().getTime();
  const hourAgo = new Date(nowMs - hourMs).toISOString();
  const recent = await countManualRunsSince(trx, customerId, entityId, hourAgo);
  if (recent.count >= manualRunsAnHour && recent.oldestAt !== null) {
    const waitMs = Date.parse(recent.oldestAt) + hourMs - nowMs;
    return {
      kind: "limit_reached",
      retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
      remaining: 0,
    };
  }
  const run = await requestRun(queue, trx, {
    customerId,
    entityId,
    trigger: "manual",
    requestedBy: actor.actorId,
    now: new Date(nowMs).toISOString(),
  });
  if (!run) return { kind: "not_active" };
  return { kind: "requested", runId: run.runId, alreadyRunning: run.joined };
}
