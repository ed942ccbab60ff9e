import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { undoRun } from "../../src/undo/undo.ts";
import { createConnectedEntity } from "../support/connected-entity.ts";
import { addWorker, personOf } from "../support/people.ts";

test("an e-mail swap is undone for invited people, whose sign-in addresses did not change", async (t) => {
  for (const invited of [["Ann", "Bram"], ["Ann"], []]) {
    const connected = await createConnectedEntity(t, { workers: 0 });
    const [ann, bram] = ["Ann", "Bram"].map((name) => addWorker(connected, name));
    assert.ok(ann && bram);
    for (const name of ["Cleo", "Dirk", "Elke", "Frans", "Greet", "Hugo"]) addWorker(connected, name);
    await connected.sync("first");
    await connected.rows("update employees set invited_at = now() where first_name = any ($1)", [invited]);
    const addresses = async () => {
      const people = await Promise.all([ann, bram].map((workerId) => personOf(connected, workerId)));
      return people.map(({ email, sign_in: signIn }) => [email, signIn]);
    };
    const before = await addresses();
    for (const [workerId, name] of [
      [ann, "bram"],
      [bram, "ann"],
    ] as const)
      connected.simulator.control.patchWorker(connected.number, workerId, {
        email: `${name}@fietsen.example`,
      });
    await connected.sync();
    await connected.rows("update holds set status = 'accepted' where kind = 'identity_swap'");
    const run = await connected.sync();
    const [annNow, bramNow] = await addresses();
    assert.deepEqual([annNow?.[0], bramNow?.[0]], ["bram@fietsen.example", "ann@fietsen.example"]);

    const outcome = await undoRun(connected.database.db, connected.scope, {
      actorKind: "account",
      actorId: newId(),
      runId: run.runId,
      employeeIds: null,
      now: new Date(connected.simulator.control.now()),
    });
    assert.ok(outcome.kind === "undone");
    assert.deepEqual([outcome.undone.changes, outcome.undone.notUndone], [2, []], String(invited));
    assert.deepEqual(await addresses(), before);
    const next = await connected.sync();
    assert.deepEqual(
      [next.counts.held, await addresses()],
      [2, before],
      "what was accepted once is not done again",
    );
  }
});
