import process from "node:process";
import { pino } from "pino";
import { openDatabase } from "../apps/server/src/postgres/database.ts";
import { newId } from "../apps/server/src/postgres/ids.ts";
import { insertRun } from "../apps/server/src/runs/start-run.sql.ts";
import { tenantTransaction } from "../apps/server/src/postgres/transaction.ts";
import { defaultRetryPolicy } from "../apps/server/src/domain/time/retry.ts";
import { startRunWatch } from "../apps/server/src/queue/run-watch.ts";
import { createSharedCallLimit } from "../apps/server/src/queue/shared-call-limit.ts";
import { createLiantis } from "../apps/server/src/liantis/liantis.ts";
import type { SyncEngine } from "../apps/server/src/sync/engine.ts";
import { runSync } from "../apps/server/src/sync/run.ts";
import { pageSize, type Tenant } from "./messages.ts";
import { measureSide } from "./side.ts";

/** Our side: a run as a worker of production carries it, from the queued run to its report. */
await measureSide(({ databaseUrl, providerUrl }) => {
  const database = openDatabase(databaseUrl);
  const logger = pino({ level: "warn" }, process.stderr);
  const watch = startRunWatch(databaseUrl, logger);
  // As in production, but for the pace: it is the provider that would be measured.
  const callLimit = createSharedCallLimit({
    db: database.db,
    watch,
    logger,
    limits: { callsAtOnce: 8, callsPerSecond: 1000 },
  });
  const settings = {
    apiUrl: providerUrl,
    issuerUrl: providerUrl,
    myLiantisUrl: providerUrl,
    clientId: "partner",
    clientSecret: "partner",
  };
  const liantis = createLiantis(settings, { callLimit });
  const engine: SyncEngine = {
    db: database.db,
    liantis,
    now: () => Date.now(),
    random: () => Math.random(),
    pause: () => Promise.reject(new Error("a provider without latency needs no pause")),
    logger,
    retryPolicy: defaultRetryPolicy,
    pageSize,
    batchSize: 1000,
    planKey: Buffer.alloc(32, 1),
  };
  return {
    prepare: (tenant) => queueRun(engine, tenant),
    run: async ({ customerId }, runId) => {
      const end = await runSync(engine, { customerId, runId }, AbortSignal.timeout(3_600_000));
      if (end.kind !== "ended" || end.verdict !== "in_order")
        throw new Error(`the run did not end in order: ${JSON.stringify(end)}`);
    },
    close: async () => {
      await liantis.close();
      callLimit.close();
      await watch.close();
      await database.close();
    },
  };
});

async function queueRun(engine: SyncEngine, { customerId, entityId }: Tenant): Promise<string> {
  const runId = newId();
  const at = new Date().toISOString();
  await tenantTransaction(engine.db, { customerId, entityIds: "all" }, "app", (trx) =>
    insertRun(trx, { customerId, runId, entityId, kind: "full_listing", trigger: "manual", at }),
  );
  return runId;
}
