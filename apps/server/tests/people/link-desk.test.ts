import assert from "node:assert/strict";
import { test } from "node:test";
import { linkByHand, unlinkByHand } from "../../src/link-desk/link-desk.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { addTenant, keyOf, openHttpServer } from "../support/http-server.ts";
import { addWorker, employee, enterByHand, openIssues, personOf } from "../support/people.ts";

function byHand<T>(
  connected: ConnectedEntity,
  work: (trx: Parameters<typeof linkByHand>[0], linking: Parameters<typeof linkByHand>[1]) => Promise<T>,
): Promise<T> {
  const { customerId } = connected.scope;
  const doneAt = connected.simulator.control.now();
  const linking = {
    customerId,
    actorKind: "account",
    actorId: newId(),
    reason: "Zelfde persoon",
    doneAt,
  } as const;
  return tenantTransaction(connected.database.db, connected.scope, "app", (trx) => work(trx, linking));
}

test("an unlinked pair is not matched again; a pair linked by hand stays linked", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { entityId } = connected;
  const otherId = await enterByHand(connected, {
    email: "elders@prive.example",
    firstName: "Ann",
    lastName: "Peeters",
  });
  const ann = addWorker(connected, "Ann");
  const bram = addWorker(connected, "Bram");
  await connected.sync("first");
  const wrongId = (await personOf(connected, ann)).employee_id;
  const bramId = (await personOf(connected, bram)).employee_id;

  await byHand(connected, (trx, linking) => unlinkByHand(trx, linking, wrongId));
  await assert.rejects(
    byHand(connected, (trx, linking) => unlinkByHand(trx, linking, wrongId)),
    { code: "WRONG_STATE" },
  );
  await connected.sync();
  assert.equal(
    (await employee(connected, wrongId)).worker_id,
    null,
    "the same e-mail does not match them again",
  );
  const [held] = await openIssues(connected);
  assert.deepEqual(
    [held?.code, held?.worker_id, held?.params["reason"]],
    ["AMBIGUOUS_MATCH", ann, "unlinked_pair"],
  );

  const link = (workerId: string, employeeId: string) =>
    byHand(connected, (trx, linking) => linkByHand(trx, linking, { entityId, workerId, employeeId }));
  assert.equal(await link(ann, otherId), true);
  assert.equal(await link(ann, otherId), false, "twice is once");
  await connected.sync();
  const linked = await employee(connected, otherId);
  assert.deepEqual(
    [linked.worker_id, linked.first_name, linked.current_contract_id],
    [ann, "Ann", `${ann}-1`],
  );

  // Linking a worker and an employee who both have another link moves it: the old pairs stay unlinked.
  assert.equal(await link(bram, otherId), true);
  assert.deepEqual(
    await connected.rows("select worker_id, employee_id from unlinked_pairs order by worker_id, employee_id"),
    [
      { worker_id: ann, employee_id: wrongId },
      { worker_id: ann, employee_id: otherId },
      { worker_id: bram, employee_id: bramId },
    ].toSorted((a, b) => (`${a.worker_id}${a.employee_id}` < `${b.worker_id}${b.employee_id}` ? -1 : 1)),
  );
  assert.equal((await employee(connected, bramId)).worker_id, null);
  // Linking the old pair again forgets the unlinking of that pair alone.
  await link(bram, bramId);
  assert.deepEqual(
    await connected.rows("select from unlinked_pairs where employee_id = $1 and worker_id = $2", [
      bramId,
      bram,
    ]),
    [],
  );
  await assert.rejects(link("made-up", otherId), { code: "NOT_FOUND" });
  const reasons = await connected.rows<{ action: string; reason: string }>(
    "select distinct action, reason from audit_entries where action like 'link.%' order by 1",
  );
  assert.deepEqual(reasons, [
    { action: "link.ended", reason: "Zelfde persoon" },
    { action: "link.made", reason: "Zelfde persoon" },
  ]);
});

test("the link desk lists linked and unlinked people, searches without accents, and shows no other entity", async (t) => {
  const connected = await openHttpServer(t);
  const tenant = await addTenant(connected, "Ardennen");
  const theirs = await addTenant(connected, "Kempen");
  const { customerId } = tenant;
  const [entityId, secondId] = tenant.entityIds;
  const [employeeId, otherEntitysId] = tenant.employeeIds;
  const headers = await keyOf(connected, { customerId, role: "admin" });
  const url = `/api/v1/entities/${entityId}/liantis/links`;
  const { owner } = connected.database;
  await owner.query(
    `insert into issues (customer_id, issue_id, entity_id, code, worker_id, params, status, first_seen_at, last_seen_at, last_run_id)
     values ($1, $2, $3, 'EMAIL_MISSING', 'w-9', '{"name":"Inès d''Hondt","employeeNumber":"E-9"}', 'open', now(), now(), $2)`,
    [customerId, newId(), entityId],
  );
  const get = async (query: string) =>
    (await connected.app.inject({ url: `${url}${query}`, headers })).json();
  const namesOf = (page: {
    items: { state: string; workerId: string; employeeName: string; workerName: string }[];
  }) => page.items.map((one) => [one.state, one.workerId, one.employeeName ?? one.workerName]);
  const all = await get("");
  assert.deepEqual(namesOf(all), [
    ["linked", "w-Ardennen1", "Zoé Ardennen1"],
    ["worker_alone", "w-9", "Inès d'Hondt"],
  ]);
  assert.match(all.items[0].liantisLink, /\/workers\/w-Ardennen1$/);
  const first = await get("?limit=1");
  assert.deepEqual(
    [first.total, namesOf(await get(`?limit=1&cursor=${first.nextCursor}`))],
    [2, namesOf(all).slice(1)],
  );
  assert.deepEqual(namesOf(await get("?q=ines%20e-9")), [["worker_alone", "w-9", "Inès d'Hondt"]]);
  assert.deepEqual(namesOf(await get("?q=ZOE")), [["linked", "w-Ardennen1", "Zoé Ardennen1"]]);
  assert.equal((await get("?state=employee_alone")).total, 0);

  const post = (path: string, payload: object) =>
    connected.app.inject({ method: "POST", url: `/api/v1${path}`, headers, payload });
  const unlinked = await post(`/employees/${employeeId}/liantis/unlinking`, { reason: "Iemand anders" });
  assert.deepEqual(
    [unlinked.statusCode, unlinked.json().link.state, unlinked.json().runId],
    [200, "employee_alone", null],
  );
  const { rows: open } = await owner.query(
    "select (select count(*)::int from issues where worker_id = 'w-Ardennen1' and status <> 'closed') as issues",
  );
  assert.deepEqual(open, [{ issues: 0 }]);
  const path = `/entities/${entityId}/liantis/links`;
  const linked = await post(path, { workerId: "w-9", employeeId, reason: "Dezelfde persoon" });
  assert.deepEqual([linked.statusCode, linked.json().link.workerId], [200, "w-9"]);
  assert.ok(linked.json().runId, "and is fetched");
  assert.equal((await post(path, { workerId: "w-9", employeeId, reason: "  " })).statusCode, 400);
  for (const strangerId of [otherEntitysId, theirs.employeeIds[0]]) {
    const refused = await post(path, { workerId: "w-9", employeeId: strangerId, reason: "Dezelfde persoon" });
    assert.equal(refused.statusCode, 404);
  }
  const second = `/entities/${secondId}/liantis/links`;
  assert.equal(
    (await post(second, { workerId: "w-9", employeeId: otherEntitysId, reason: "Test" })).statusCode,
    404,
  );
});

test("linking a waiting worker by hand selects them", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { entityId } = connected;
  await connected.rows("update connections set mode = 'selective'");
  const annId = await enterByHand(connected, {
    email: "ann@prive.example",
    firstName: "Ann",
    lastName: "Peeters",
  });
  const ann = addWorker(connected, "Ann");
  const waits = await connected.sync("first");
  assert.deepEqual([waits.counts.waiting, waits.counts.linked], [1, 0]);
  await byHand(connected, (trx, linking) =>
    linkByHand(trx, linking, { entityId, workerId: ann, employeeId: annId }),
  );
  const run = await connected.sync();
  assert.deepEqual([run.counts.waiting, run.counts.updated], [0, 1]);
  assert.equal((await employee(connected, annId)).email, "ann@fietsen.example");
});
