import assert from "node:assert/strict";
import test from "node:test";
import { LiantisFault } from "../../src/liantis/faults.ts";
import type { SyncEngine } from "../../src/sync/engine.ts";
import { runSync } from "../../src/sync/run.ts";
import { createConnectedEntity } from "../support/connected-entity.ts";

test("a worker that was thought dead leaves the run to the next worker, also at a page that is staged already", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 25, pageSize: 10 });
  const key = await connected.queue("first");
  const signal = AbortSignal.timeout(60_000);
  const died = new Error("this worker died");
  const { liantis } = connected.engine;
  const dying: SyncEngine = {
    ...connected.engine,
    liantis: {
      ...liantis,
      fetchWorkerPage: async (number, options) => {
        // The page before is staged by then: it is written while this one is on its way.
        if (options.cursor === null) return await liantis.fetchWorkerPage(number, options);
        await untilStaged((query) => connected.rows(query));
        throw died;
      },
    },
  };
  let overtaken = false;
  const late: SyncEngine = {
    ...connected.engine,
    liantis: {
      ...liantis,
      fetchWorkerPage: async (number, options) => {
        const page = await liantis.fetchWorkerPage(number, options);
        if (overtaken) return page;
        overtaken = true;
        await assert.rejects(runSync(dying, key, signal), died);
        return page;
      },
    },
  };
  assert.deepEqual(await runSync(late, key, signal), { kind: "over" });
  const ended = await runSync(connected.engine, key, signal);
  assert.equal(ended.kind === "ended" && ended.verdict !== "failed", true);
  const [{ people } = { people: 0 }] = await connected.rows<{ people: number }>(
    "select count(*)::int as people from links",
  );
  assert.ok(people > 0);
});

test("trouble at Liantis that reaches a worker after it lost its run has no effect", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 3 });
  const key = await connected.queue("first");
  const signal = AbortSignal.timeout(60_000);
  const { liantis } = connected.engine;
  const late: SyncEngine = {
    ...connected.engine,
    liantis: {
      ...liantis,
      fetchWorkerPage: async () => {
        assert.equal((await runSync(connected.engine, key, signal)).kind, "ended");
        throw new LiantisFault("CONSENT_REVOKED", "the consent is gone");
      },
    },
  };
  assert.deepEqual(await runSync(late, key, signal), { kind: "over" });
  assert.deepEqual(await connected.rows("select status, verdict is null as without from runs"), [
    { status: "finished", without: false },
  ]);
});

/** Waits until the first page is committed. */
async function untilStaged(rows: (query: string) => Promise<object[]>): Promise<void> {
  while ((await rows("select page from staged_pages")).length === 0)
    await new Promise((resolve) => setImmediate(resolve));
}
