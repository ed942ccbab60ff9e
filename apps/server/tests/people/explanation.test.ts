import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { undoRun } from "../../src/undo/undo.ts";
import { createConnectedEntity } from "../support/connected-entity.ts";
import { keyOf, openHttpServer } from "../support/http-server.ts";
import { addWorker, contractFields, enterByHand, personOf } from "../support/people.ts";

interface Explained {
  summary: string;
  steps: { step: string; result: string; text: string }[];
  changes: { field: string; before: string | null; after: string | null }[];
  holds: { kind: string; changes: { after: string | null }[] }[];
  issues: { code: string }[];
  lookedAt: string | null;
  nextRunAt: string | null;
  canCheck: boolean;
  liantisLink: string | null;
}

test("the explanation of a person is made of stored data, without a call to Liantis", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const { db } = connected.database;
  const now = () => new Date(control.now());
  const http = await openHttpServer(t, { database: connected.database, now });
  const { customerId } = connected.scope;
  const seeing = await keyOf(http, { customerId, role: "admin" });
  const explain = async (employeeId: string, headers = seeing): Promise<Explained> => {
    const answer = await http.app.inject({ url: `/api/v1/employees/${employeeId}/liantis`, headers });
    assert.equal(answer.statusCode, 200);
    return answer.json();
  };
  const results = ({ steps }: Explained) => steps.map(({ step, result }) => `${step} ${result}`);

  const matchedId = await enterByHand(connected, {
    email: "bram@fietsen.example",
    firstName: "Bram",
    lastName: "Peeters",
  });
  const aloneId = await enterByHand(connected, {
    email: "alleen@fietsen.example",
    firstName: "Al",
    lastName: "Leen",
  });
  const [ann, bram] = [addWorker(connected, "Ann"), addWorker(connected, "Bram")];
  await connected.sync("first");
  control.advanceClock(24 * 3600);
  const wageContracts = [contractFields(`${ann}-1`, { grossAmount: "3100.00" })];
  control.patchWorker(connected.number, ann, { wageContracts, employeeNumber: null });
  const run = await connected.sync();
  control.clearRequests();

  const { employee_id: annId } = await personOf(connected, ann);
  const updated = await explain(annId);
  assert.deepEqual(results(updated), [
    "fetched yes",
    "in_scope yes",
    "matched yes",
    "written yes",
    "held no",
    "next yes",
  ]);
  assert.match(updated.steps[2]?.text ?? "", /^Added from Liantis on 20\/11\/2026/);
  assert.deepEqual(updated.issues.map((issue) => issue.code).toSorted(), [
    "PAYROLL_ID_MISSING",
    "RETROACTIVE_CHANGE",
  ]);
  assert.ok(updated.changes.some(({ field, after }) => field === "grossMonthly" && after === "3100.00"));
  assert.equal(updated.canCheck, true);
  assert.ok(updated.nextRunAt !== null && updated.nextRunAt > control.now());
  assert.match(updated.liantisLink ?? "", new RegExp(`/workers/${ann}$`));
  const matched = await explain(matchedId, { ...seeing, "accept-language": "fr" });
  assert.match(matched.steps[2]?.text ?? "", /^Lien créé le 20\/11\/2026 sur la base de l’adresse e-mail/);
  assert.match(matched.summary, /rien à faire/);
  const alone = await explain(aloneId);
  assert.deepEqual([alone.canCheck, alone.lookedAt, alone.liantisLink], [false, null, null]);
  assert.match(alone.summary, /^No link/);

  await undoRun(db, connected.scope, {
    actorKind: "account",
    actorId: newId(),
    runId: run.runId,
    employeeIds: [annId],
    now: now(),
  });
  const held = await explain(annId);
  assert.deepEqual(
    held.holds.map((hold) => hold.kind),
    ["reverted"],
  );
  assert.match(held.summary, /^All changes of this person are on hold/);
  control.armFault({ kind: "unavailable", always: true });
  control.advanceClock(24 * 3600);
  assert.equal((await connected.sync()).verdict, "failed");
  assert.match((await explain(annId)).steps[0]?.text ?? "", /on 21\/11\/2026\. The attempt on 22\/11\/2026/);
  control.clearFaults();
  control.clearRequests();

  await connected.rows("update api_keys set sees_wages = false");
  const hidden = await explain(annId);
  assert.doesNotMatch(JSON.stringify(hidden), /3100\.00|3000\.00/);
  assert.ok(hidden.changes.some(({ field, after }) => field === "grossMonthly" && after === null));
  await connected.rows("update connections set state = 'disabled'");
  const off = await explain(matchedId);
  assert.deepEqual([off.canCheck, off.nextRunAt, off.steps[1]?.result], [false, null, "no"]);
  assert.match(off.summary, /is disabled/);
  await connected.rows("update links set absent_since = '2026-11-22T09:00:00Z' where worker_id = $1", [bram]);
  await connected.rows("update connections set state = 'active'");
  assert.match((await explain(matchedId)).summary, /^Since 22\/11\/2026/);
  await connected.rows("delete from connections");
  assert.match((await explain(aloneId)).summary, /not connected/);
  assert.deepEqual(control.requests(), [], "Liantis is asked nothing");
});
