import type { RunTrigger } from "@payflip/contract/syncs.ts";
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { findRun } from "../../src/runs/runs.sql.ts";
import {
  call,
  connectionOf,
  createCustomer,
  grantConsent,
  openProduct,
  rowsOf,
  signIn,
} from "../support/product.ts";
import { createEmployer } from "../support/simulated-liantis.ts";

const product = await openProduct({ after });
const { simulator, database, server, clock } = product;

test("a revoked consent pauses the connection with one mail, and a new consent continues with every link", async () => {
  const employer = createEmployer(simulator, { workers: 12 });
  const customer = await createCustomer(product, { vatNumber: employer.enterpriseNumber });
  const { customerId, entityId } = customer;
  const caller = await signIn(product, customer);
  const scope = { customerId, entityIds: "all" } as const;
  const work = async (runId: string) => {
    const job = { customerId, runId };
    await server.jobs.afterRun(job, await server.carryOut(job, AbortSignal.timeout(60_000)));
    return await tenantTransaction(database.db, scope, "app", (trx) => findRun(trx, customerId, runId));
  };
  const sync = async (trigger: RunTrigger) => {
    clock.now = new Date();
    const { runId } = await server.queueRun({ customerId, entityId, trigger });
    return await work(runId);
  };
  const links = () =>
    rowsOf(product, "select worker_id, employee_id, linked_at from links where entity_id = $1 order by 1", [
      entityId,
    ]);
  const mails = () => rowsOf(product, "select mail_id from mails where customer_id = $1", [customerId]);

  await grantConsent(product, { employer, customer, caller });
  const confirmed = await call(product, caller, {
    method: "POST",
    path: `/entities/${entityId}/liantis/confirmation`,
    body: { mode: "full" },
  });
  await work(String(confirmed.body["runId"]));
  const linkedBefore = await links();
  assert.ok(linkedBefore.length >= 9, "nearly everybody of the employer is linked");
  const mailsBefore = (await mails()).length;

  simulator.control.setConsent(employer.enterpriseNumber, "revoked");
  assert.equal((await sync("manual"))?.errorCode, "CONSENT_REVOKED");
  const paused = await connectionOf(product, customer);
  assert.deepEqual([paused?.state, paused?.paused_reason], ["paused", "consent_revoked"]);
  // A run that was queued before the pause and is carried out after it sends no second mail.
  await sync("manual");
  assert.equal((await mails()).length - mailsBefore, 1, "one mail, however many runs found it out");

  await grantConsent(product, { employer, customer, caller });
  assert.equal((await connectionOf(product, customer))?.state, "active");
  const caughtUp = await sync("nightly");
  assert.deepEqual(
    [caughtUp?.counts.created, caughtUp?.counts.linked, caughtUp?.counts.updated],
    [0, 0, 0],
    "nothing was lost, so nothing is to be done",
  );
  assert.deepEqual(await links(), linkedBefore);
});
