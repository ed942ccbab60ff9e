import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { linkByHand } from "../../src/link-desk/link-desk.ts";
import { changeEmployee } from "../../src/people/employee-writes.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { listChanges } from "../../src/runs/changes.sql.ts";
import { undoRun } from "../../src/undo/undo.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { addWorker, contractFields, enterByHand, personOf } from "../support/people.ts";
import { undo, undoActor } from "../support/undo.ts";

/** The people without versions, times and what Liantis sent last. */
async function peopleNow(connected: ConnectedEntity): Promise<object[]> {
  const employees = await connected.rows(
    `select e.employee_id, e.account_id, e.email, e.first_name, e.last_name, e.language, e.start_date::text, e.employee_number,
       e.current_contract_id, e.deactivated_at, e.invited_at, l.worker_id, a.email as sign_in
     from employees e left join links l using (customer_id, employee_id) join accounts a using (account_id) order by 1`,
  );
  const contracts = await connected.rows(
    "select to_jsonb(c) - 'row_version' - 'updated_at' as contract from wage_contracts c order by employee_id, contract_id",
  );
  const accounts = await connected.rows("select account_id, email from accounts order by 1");
  return [...employees, ...contracts, ...accounts];
}

async function editByHand(connected: ConnectedEntity, employeeId: string, change: object): Promise<void> {
  const { customerId } = connected.scope;
  const now = connected.simulator.control.now();
  const writing = {
    ...undoActor,
    customerId,
    now,
    language: "nl",
    myLiantisUrl: "https://my.liantis.example",
  } as const;
  await connected.rows("update connections set state = 'disabled'");
  await tenantTransaction(connected.database.db, connected.scope, "app", (trx) =>
    changeEmployee(trx, writing, employeeId, change),
  );
  await connected.rows("update connections set state = 'active'");
}

const nextDay = (connected: ConnectedEntity) => connected.simulator.control.advanceClock(24 * 3600);

/** One change by HR at Liantis. */
const edit = fc.record({
  worker: fc.nat(7),
  kind: fc.constantFrom(
    "rename",
    "address",
    "number",
    "raise",
    "hours",
    "extend",
    "drop",
    "end",
    "newcomer",
    "match",
    "pass_on",
  ),
  number: fc.integer({ min: 1, max: 99 }),
});
type Edit = typeof edit extends fc.Arbitrary<infer One> ? One : never;

async function apply(
  connected: ConnectedEntity,
  workers: string[],
  { worker, kind, number }: Edit,
  mark: number,
): Promise<void> {
  const { control } = connected.simulator;
  const workerId = workers[worker] ?? "";
  const stored = control.worker(connected.number, workerId) as {
    email: string;
    wageContracts: Record<string, unknown>[];
  };
  const patch = (fields: Record<string, unknown>) => control.patchWorker(connected.number, workerId, fields);
  const onLast = (fields: Record<string, unknown>) => {
    const contracts = stored.wageContracts;
    patch({
      wageContracts: contracts.map((one, index) =>
        index === contracts.length - 1 ? { ...one, ...fields } : one,
      ),
    });
  };
  switch (kind) {
    case "rename":
      return patch({ firstName: `Wiebe${mark}`, lastName: `Ørsted ${number}` }), undefined;
    case "address":
      return patch({ email: `adres.${mark}@fietsen.example` }), undefined;
    case "number":
      return patch({ employeeNumber: `P-${mark}` }), undefined;
    case "raise":
      return onLast({ grossAmount: `${3000 + number}.50` });
    case "hours":
      return onLast({ weeklyHours: `${30 + (number % 9)}.00`, workRegimePercentage: "90.00" });
    case "extend": {
      const next = contractFields(`${workerId}-${mark}`, {
        startDate: "2026-11-01",
        grossAmount: `${3000 + number}.00`,
      });
      return patch({ wageContracts: [...stored.wageContracts, next] }), undefined;
    }
    case "drop":
      return patch({ wageContracts: stored.wageContracts.slice(0, -1) }), undefined;
    case "end":
      return onLast({ endDate: "2026-11-10" });
    case "newcomer":
      addWorker(connected, `Nieuw${mark}`);
      return;
    case "match":
      await enterByHand(connected, {
        email: `hand${mark}@fietsen.example`,
        firstName: `Hand${mark}`,
        lastName: "Smet",
      });
      addWorker(connected, `Hand${mark}`);
      return;
    case "pass_on": {
      patch({ email: `weg.${mark}@fietsen.example` });
      addWorker(connected, `Erft${mark}`, { email: stored.email });
    }
  }
}

test("undoing a run restores everything as it was before; an edit by hand stays", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const workers = Array.from({ length: 8 }, (_, index) => addWorker(connected, `Ann${index}`));
  await connected.sync("first");
  let mark = 0;
  let restored = 0;
  const someEdits = fc.array(edit, { minLength: 1, maxLength: 5 });
  const touches = fc.subarray([0, 1, 2, 3, 4, 5, 6, 7], { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(someEdits, touches, async (edits, touched) => {
      nextDay(connected);
      await connected.sync();
      nextDay(connected);
      for (const one of edits) await apply(connected, workers, one, (mark += 1));
      const before = await peopleNow(connected);
      const run = await connected.sync();
      nextDay(connected);
      const people = new Map<string, string>();
      for (const worker of touched) {
        const { employee_id: employeeId } = await personOf(connected, workers[worker] ?? "");
        await editByHand(connected, employeeId, { firstName: `Met de hand ${mark}` });
        people.set(employeeId, `Met de hand ${mark}`);
      }
      const { notUndone, changes } = await undo(connected, run.runId);
      restored += changes;
      const expected = before.map((row) => withFirstName(row, people));
      assert.deepEqual(
        (await peopleNow(connected)).map((row) => withFirstName(row, people)),
        expected,
      );
      for (const [employeeId, firstName] of people) {
        const [row] = await connected.rows("select first_name from employees where employee_id = $1", [
          employeeId,
        ]);
        assert.deepEqual(row, { first_name: firstName });
      }
      for (const { field, reason } of notUndone)
        assert.deepEqual([field, reason], ["firstName", "changed_since"]);
      // For the next round everything is as Liantis says again.
      await connected.rows("update holds set status = 'accepted' where kind = 'reverted'");
    }),
    { numRuns: 8, endOnFailure: true },
  );
  assert.ok(restored > 15, "something was undone");
});

function withFirstName(row: object, people: ReadonlyMap<string, string>): object {
  if (!("employee_id" in row) || !people.has(String(row.employee_id))) return row;
  return { ...row, first_name: "" };
}

test("people whom a run created are removed, or stay and are unlinked; matched people are unlinked", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { customerId } = connected.scope;
  const before = await peopleNow(connected);
  const matchedId = await enterByHand(connected, {
    email: "dirk@fietsen.example",
    firstName: "Dirk",
    lastName: "Peters",
  });
  const [ann, bram, cleo, dirk] = ["Ann", "Bram", "Cleo", "Dirk"].map((name) => addWorker(connected, name));
  assert.ok(ann && bram && cleo && dirk);
  const first = await connected.sync("first");
  const [invited, touched] = [await personOf(connected, bram), await personOf(connected, cleo)];
  await connected.rows("update employees set invited_at = now() where employee_id = $1", [
    invited.employee_id,
  ]);
  nextDay(connected);
  await editByHand(connected, touched.employee_id, { language: "fr" });

  const done = await undo(connected, first.runId);
  assert.deepEqual([done.people, done.removed, done.unlinked], [4, 1, 2]);
  assert.deepEqual(
    done.notUndone.map((not) => `${not.employeeId} ${not.reason}`).toSorted(),
    [`${invited.employee_id} invited`, `${touched.employee_id} touched`].toSorted(),
  );
  assert.deepEqual(await connected.rows("select from links"), []);
  assert.deepEqual(
    (await connected.rows<{ first_name: string }>("select first_name from employees order by 1")).map(
      (row) => row.first_name,
    ),
    ["Bram", "Cleo", "Dirk"],
  );
  assert.deepEqual(
    await connected.rows(
      "select last_name, start_date::text, employee_number, current_contract_id from employees where employee_id = $1",
      [matchedId],
    ),
    [{ last_name: "Peters", start_date: "2020-01-01", employee_number: null, current_contract_id: null }],
  );
  assert.deepEqual(
    await connected.rows("select count(*)::int as accounts from accounts"),
    [{ accounts: before.length + 3 }],
    "the account that was made for a removed person is removed too",
  );
  const holds = await connected.rows<{
    worker_id: string;
    employee_id: string | null;
    fields: { field: string }[];
  }>(
    "select worker_id, employee_id, fields from holds where kind = 'reverted' and status = 'open' order by worker_id",
  );
  assert.deepEqual(
    holds.map((hold) => [hold.worker_id, hold.employee_id]),
    [
      [ann, null],
      [bram, invited.employee_id],
      [cleo, touched.employee_id],
      [dirk, matchedId],
    ],
  );
  assert.ok(
    holds[0]?.fields.some(({ field }) => field === "grossAmount"),
    "it says what would be written again",
  );

  // The undo is a run that ended, with changes of its own; neither counts as the connection's last run.
  const [run] = await connected.rows<{
    trigger: string;
    status: string;
    verdict: string;
    counts: Record<string, number>;
  }>("select trigger, status, verdict, counts from runs where run_id = $1", [done.runId]);
  assert.deepEqual([run?.trigger, run?.status, run?.verdict], ["revert", "finished", "needs_attention"]);
  assert.deepEqual([run?.counts["fetched"], run?.counts["updated"], run?.counts["unchanged"]], [4, 4, 0]);
  const listed = await tenantTransaction(connected.database.db, connected.scope, "app", (trx) =>
    listChanges(trx, { customerId, runId: done.runId, employeeId: null }, { limit: 500, after: null }),
  );
  assert.equal(listed.changes.length, listed.total);
  const gone = listed.changes.find((change) => change.workerId === ann);
  assert.deepEqual([gone?.field, gone?.employeeName, gone?.reason], ["link", "Ann Peeters", "reverted"]);
  assert.deepEqual(await connected.rows("select subject from audit_entries where action = 'run.reverted'"), [
    { subject: first.runId },
  ]);

  const again = await undo(connected, first.runId);
  assert.deepEqual([again.people, again.changes, again.removed, again.unlinked], [0, 0, 0, 0]);
  assert.deepEqual(again.notUndone.map((not): string => not.reason).toSorted(), [
    "already_reverted",
    "already_reverted",
    "invited",
    "touched",
  ]);
  const backwards = await undo(connected, done.runId);
  assert.deepEqual([backwards.changes, backwards.notUndone.map((not) => not.reason)[0]], [0, "reversal"]);
});

test("one person's part is undone alone; later changes, taken addresses and old runs each have their reason", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const [ann, bram, cleo] = ["Ann", "Bram", "Cleo"].map((name) => addWorker(connected, name));
  assert.ok(ann && bram && cleo);
  await connected.sync("first");
  const [annNow, bramNow] = [await personOf(connected, ann), await personOf(connected, bram)];
  nextDay(connected);
  for (const workerId of [ann, bram])
    control.patchWorker(connected.number, workerId, {
      lastName: "Smet",
      email: `${workerId}@fietsen.example`,
    });
  const run = await connected.sync();
  nextDay(connected);
  control.patchWorker(connected.number, bram, { lastName: "Smets" });
  const later = await connected.sync();

  const one = await undo(connected, run.runId, [annNow.employee_id]);
  assert.deepEqual([one.people, one.changes, one.notUndone], [1, 2, []]);
  assert.deepEqual((await personOf(connected, ann)).sign_in, "ann@fietsen.example");
  assert.deepEqual(
    await connected.rows("select settled, content_hash from links where worker_id = $1", [ann]),
    [{ settled: false, content_hash: null }],
    "the next run looks at them again",
  );
  // A person of another customer took the old address meanwhile, and a later run wrote the name.
  await connected.rows(
    "insert into accounts (account_id, email, customer_id, language, created_at) values ($1, $2, $3, 'nl', now())",
    [newId(), "bram@fietsen.example", newId()],
  );
  const other = await undo(connected, run.runId, [bramNow.employee_id]);
  assert.equal(other.changes, 0);
  assert.deepEqual(other.notUndone.map(({ field, reason }) => `${field} ${reason}`).toSorted(), [
    "email email_taken",
    "lastName changed_since",
  ]);
  // Once the later run is undone too, the first one can be; the address follows when it is free again.
  assert.equal((await undo(connected, later.runId)).changes, 1);
  assert.deepEqual((await undo(connected, run.runId)).changes, 1);
  assert.equal((await personOf(connected, bram)).last_name, "Peeters");
  await connected.rows("delete from accounts where email = 'bram@fietsen.example'");
  assert.deepEqual((await undo(connected, run.runId)).changes, 1);
  assert.deepEqual((await personOf(connected, bram)).sign_in, "bram@fietsen.example");
  const [field] = await connected.rows<{ whole: boolean }>(
    "select bool_and(undone_at is not null) as whole from changes where run_id = $1",
    [run.runId],
  );
  assert.equal(field?.whole, true);

  control.advanceClock(14 * 31 * 24 * 3600);
  control.patchWorker(connected.number, cleo, { employeeNumber: "N-9" });
  const old = await connected.sync();
  control.advanceClock(14 * 31 * 24 * 3600);
  const { employee_id: cleoId } = await personOf(connected, cleo);
  assert.deepEqual(
    (await undo(connected, old.runId, [cleoId])).notUndone.map((not) => not.reason),
    ["values_expired"],
  );
  const open = await connected.queue("nightly");
  const outcome = await undoRun(connected.database.db, connected.scope, {
    ...undoActor,
    runId: open.runId,
    employeeIds: null,
    now: new Date(control.now()),
  });
  assert.deepEqual(outcome, { kind: "not_ended" });
});

test("after a link was moved, an undo holds the person it restored, not the person whom the worker is linked to now", async (t) => {
  for (const movedTo of ["another worker", "nobody"]) {
    const connected = await createConnectedEntity(t, { workers: 0 });
    const { customerId } = connected.scope;
    const wrong = addWorker(connected, "Wout");
    const right = addWorker(connected, "Ann", { email: null });
    await connected.sync("first");
    const { employee_id: employeeId } = await personOf(connected, wrong);
    const otherId = await enterByHand(connected, {
      email: "wout@prive.example",
      firstName: "W.",
      lastName: "Peeters",
    });
    connected.simulator.control.patchWorker(connected.number, wrong, { firstName: "Wouter" });
    const run = await connected.sync();
    nextDay(connected);
    const link = (workerId: string, targetId: string) =>
      tenantTransaction(connected.database.db, connected.scope, "app", (trx) =>
        linkByHand(
          trx,
          { ...undoActor, customerId, reason: "Zelfde persoon", doneAt: connected.simulator.control.now() },
          { entityId: connected.entityId, workerId, employeeId: targetId },
        ),
      );
    await link(wrong, otherId);
    if (movedTo !== "nobody") await link(right, employeeId);

    assert.equal((await undo(connected, run.runId, [employeeId])).changes, 1);
    assert.deepEqual(
      await connected.rows(
        "select worker_id, employee_id from holds where kind = 'reverted' and status = 'open'",
      ),
      movedTo === "nobody" ? [] : [{ worker_id: right, employee_id: employeeId }],
    );
    await connected.sync();
    const names = await connected.rows<{ employee_id: string; first_name: string }>(
      "select employee_id, first_name from employees where employee_id = any ($1) order by first_name",
      [[employeeId, otherId]],
    );
    assert.deepEqual(
      names.map((row) => [row.employee_id, row.first_name]),
      [
        [employeeId, "Wout"],
        [otherId, "Wouter"],
      ],
      movedTo,
    );
  }
});
