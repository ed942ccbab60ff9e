import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { createConnectedEntity } from "../support/connected-entity.ts";

test("the kind of a run decides which of its other columns may be filled", async (context) => {
  const connected = await createConnectedEntity(lastInFirstOut(context), { workers: 1 });
  const { customerId } = connected.scope;
  const insert = async (run: { kind: string; trigger: string; workerId?: string; status?: string }) => {
    const { kind, trigger, workerId = null, status = "finished" } = run;
    return await connected.rows(
      `insert into runs (customer_id, run_id, entity_id, kind, trigger, worker_id, status, counts, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, '{}', now())`,
      [customerId, newId(), connected.entityId, kind, trigger, workerId, status],
    );
  };
  for (const run of [
    { kind: "full_listing", trigger: "nightly" },
    { kind: "preview", trigger: "mode" },
    { kind: "person", trigger: "person", workerId: "w1" },
    { kind: "undo", trigger: "revert" },
  ])
    await insert(run);
  for (const run of [
    { kind: "full_listing", trigger: "nightly", workerId: "w1" },
    { kind: "full_listing", trigger: "revert" },
    { kind: "preview", trigger: "nightly" },
    { kind: "person", trigger: "person" },
    { kind: "undo", trigger: "manual" },
    { kind: "undo", trigger: "revert", status: "queued" },
  ])
    await assert.rejects(insert(run), /runs_kind_fits/, JSON.stringify(run));
});
