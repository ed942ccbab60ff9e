import assert from "node:assert/strict";
import { test } from "node:test";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { createRunQueue } from "../../src/queue/boss.ts";
import { requestRun } from "../../src/runs/request-run.ts";
import type { RunEnd } from "../../src/sync/report.ts";
import { startSyncWorker } from "../kill/sync-worker.ts";
import { createConnectedEntity } from "../support/connected-entity.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";

test("the next worker repeats the work after a run that has already ended", {
  timeout: 60_000,
}, async (context) => {
  const t = lastInFirstOut(context);
  const connected = await createConnectedEntity(t, { workers: 3 });
  const { simulator, scope, entityId } = connected;
  const { url, issuerUrl, myUrl, clientId, clientSecret } = simulator;
  const liantis = { apiUrl: url, issuerUrl, myLiantisUrl: myUrl, clientId, clientSecret };
  const now = simulator.control.now();
  const ends: RunEnd[] = [];
  const done = Promise.withResolvers<void>();
  const worker = await startSyncWorker({ databaseUrl: connected.database.url, liantis, now }, (end) => {
    ends.push(end);
    if (ends.length === 1) throw new Error("the mail could not be queued");
    done.resolve();
  });
  t.after(() => worker.close());
  await worker.work();
  simulator.control.setConsent(connected.number, "revoked");
  const request = {
    customerId: scope.customerId,
    entityId,
    trigger: "manual",
    requestedBy: null,
    now,
  } as const;
  await tenantTransaction(connected.database.db, scope, "app", (trx) =>
    requestRun(createRunQueue(worker.boss), trx, request),
  );
  await done.promise;
  const [first, second] = ends;
  assert.deepEqual(first, {
    kind: "ended",
    verdict: "failed",
    code: "CONSENT_REVOKED",
    pausedConnection: true,
  });
  assert.deepEqual(second, first);
  assert.equal((await connected.rows("select * from runs")).length, 1);
});
