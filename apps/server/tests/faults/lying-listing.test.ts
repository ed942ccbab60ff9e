import assert from "node:assert/strict";
import { test } from "node:test";
import type { FaultRequest } from "../../../simulator/src/faults/fault-kind.ts";
import type { WorkerRecord } from "../../src/domain/records/worker.ts";
import { createConnectedEntity } from "../support/connected-entity.ts";
import {
  armAlways,
  assertHeals,
  newcomer,
  onPages,
  openRunIssues,
  peopleChecksum,
  syncUntouched,
} from "./bad-day.ts";

const incompleteDays: [string, FaultRequest[]][] = [
  ["the second page ends the listing half-way", [{ kind: "half-page", page: 2 }]],
  ["the last page lacks half its people", [{ kind: "half-page", page: 3 }]],
  ["a page comes twice and another never", [{ kind: "repeated-page", page: 2 }]],
  ["the total is one too low", [{ kind: "total-too-low" }]],
  ["the total is seven too high", [{ kind: "total-too-high", difference: 7 }]],
  ["the total changes from page to page", [{ kind: "total-too-high", page: 2 }]],
  ["the last page is empty", [{ kind: "empty-listing", page: 3 }]],
  ["the next page is for ever this one", [{ kind: "cursor-loop", page: 2 }]],
];

test("a listing that contradicts itself", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 25 });
  await connected.sync("first");
  const sum = await peopleChecksum(connected);
  for (const [name, faults] of incompleteDays) {
    await t.test(
      `${name}: incomplete after a second reading, no person changed, no person absent`,
      async () => {
        for (const fault of faults) armAlways(connected, fault);
        const run = await syncUntouched(connected);
        assert.equal(run.verdict, "incomplete");
        assert.equal(run.errorCode, "LISTING_INCOMPLETE");
        assert.equal(run.counts.absent, 0);
        assert.deepEqual(await openRunIssues(connected), ["LISTING_INCOMPLETE"]);
        const healed = await assertHeals(connected);
        assert.equal(healed.counts.unchanged + healed.counts.failed, 25);
      },
    );
    await t.test(`${name}, but not at the second reading: as on any other day`, async () => {
      for (const fault of faults) connected.simulator.control.armFault({ ...fault, times: 1 });
      const run = await syncUntouched(connected);
      assert.ok(run.verdict === "in_order" || run.verdict === "needs_attention", run.verdict ?? "");
      // A loop that ends is only a page that came twice.
      assert.equal(run.listing, faults[0]?.kind === "cursor-loop" ? 1 : 2);
      connected.simulator.control.clearFaults();
    });
  }
  assert.equal(await peopleChecksum(connected), sum);
});

test("the listing moves while it is read", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 25 });
  const { control } = connected.simulator;
  await connected.sync("first");

  await t.test("the cursor expires half-way: the listing starts again and is complete", async () => {
    control.armFault({ kind: "cursor-expired", page: 3, times: 1 });
    const run = await syncUntouched(connected);
    assert.notEqual(run.verdict, "failed");
    assert.equal(run.pages, 3);
  });

  await t.test(
    "eleven minutes pass between two pages: cursor and token expire, and the run is complete",
    async () => {
      const { liantis } = connected.engine;
      let waited = false;
      onPages(connected, {
        before: (page) => {
          if (page !== 3 || waited) return;
          waited = true;
          control.advanceClock(660);
        },
      });
      const run = await syncUntouched(connected);
      assert.ok(waited);
      assert.notEqual(run.verdict, "failed");
      connected.engine.liantis = liantis;
    },
  );

  await t.test(
    "when one person joins and one leaves between two pages, the listing is read again and is complete",
    async () => {
      const { liantis } = connected.engine;
      const last = control.workerIds(connected.number).at(-1) ?? "";
      const kept = control.worker(connected.number, last);
      let moved = false;
      onPages(connected, {
        before: (page) => {
          if (page !== 2 || moved) return;
          moved = true;
          control.addWorker(connected.number, newcomer("Nele"));
          control.addWorker(connected.number, newcomer("Noor"));
          control.removeWorker(connected.number, last);
        },
      });
      const run = await connected.sync();
      assert.ok(moved);
      assert.equal(run.counts.created, 2);
      assert.equal(run.counts.absent, 1);
      connected.engine.liantis = liantis;
      control.addWorker(connected.number, { ...Object(kept), workerId: last });
      assert.equal((await assertHeals(connected)).counts.absent, 0);
    },
  );
});

test("the same person is listed twice", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 12 });
  await connected.sync("first");
  const { liantis } = connected.engine;
  const named = async (workerId: string) =>
    await connected.rows<{ first_name: string }>(
      "select first_name from employees join links using (customer_id, employee_id) where worker_id = $1",
      [workerId],
    );
  const twin = connected.simulator.control.workerIds(connected.number)[1] ?? "";
  const [known] = await named(twin);
  assert.ok(known);
  let earlier: WorkerRecord | null = null;

  await t.test(
    "a person listed twice with the same content is counted once, and no person changes",
    async () => {
      armAlways(connected, { kind: "duplicate-rows" });
      const run = await syncUntouched(connected);
      assert.equal(run.counts.fetched, 12);
      await assertHeals(connected);
    },
  );

  for (const [pages, secondPage] of [
    ["on one page", 1],
    ["on two pages", 2],
  ] as const) {
    await t.test(`of two different records of one person, ${pages}, the last one counts`, async () => {
      const renamed = `Anouk${secondPage}`;
      onPages(connected, {
        after: (answer, page) => {
          const decoded = answer.workers.find((one) => one.kind === "worker" && one.record.workerId === twin);
          if (page === 1 && decoded?.kind === "worker") earlier = decoded.record;
          if (page !== secondPage || !earlier) return answer;
          const again = { kind: "worker" as const, record: { ...earlier, firstName: renamed } };
          return { ...answer, workers: [...answer.workers, again], itemCount: answer.itemCount + 1 };
        },
      });
      const run = await connected.sync();
      assert.equal(run.counts.fetched, 12);
      assert.equal(run.counts.updated, 1);
      assert.deepEqual(await named(twin), [{ first_name: renamed }]);
      connected.engine.liantis = liantis;
      await assertHeals(connected);
      assert.deepEqual(await named(twin), [known]);
    });
  }

  await t.test("no person changes when the last of two records is the same as the stored one", async () => {
    onPages(connected, {
      after: (answer, page) => {
        const position = answer.workers.findIndex(
          (one) => one.kind === "worker" && one.record.workerId === twin,
        );
        const decoded = answer.workers[position];
        if (page === 1 && decoded?.kind === "worker") {
          earlier = decoded.record;
          const other = { ...decoded, record: { ...decoded.record, firstName: "Iemand anders" } };
          return { ...answer, workers: answer.workers.with(position, other) };
        }
        if (page !== 2 || !earlier) return answer;
        const again = { kind: "worker" as const, record: earlier };
        return { ...answer, workers: [...answer.workers, again], itemCount: answer.itemCount + 1 };
      },
    });
    const run = await syncUntouched(connected);
    assert.equal(run.counts.fetched, 12);
    assert.equal(run.counts.updated, 0);
    connected.engine.liantis = liantis;
  });
});
