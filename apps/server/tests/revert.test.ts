import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { newId } from "../src/db/ids.ts";
import { tenantTransaction } from "../src/db/transaction.ts";
import { changeEmployee } from "../src/people/employee-writes.ts";
import { type Reverted, revertRun } from "../src/sync/revert.ts";
import { createSyncHouse, type SyncHouse } from "./sync-house.ts";
import { addWorker, contractFields, enterByHand, personOf } from "./sync-people.ts";

const actor = { actorKind: "account", actorId: newId() } as const;

async function revert(
  house: SyncHouse,
  runId: string,
  employeeIds: string[] | null = null,
): Promise<Reverted> {
  const at = new Date(house.simulator.control.now());
  const outcome = await revertRun(house.database.db, house.scope, { ...actor, runId, employeeIds, at });
  assert.ok(outcome.kind === "reverted");
  return outcome.reverted;
}

/** Everything of the people that is not a version, a time, or what Liantis sent last. */
async function peopleNow(house: SyncHouse): Promise<object[]> {
  const employees = await house.rows(
    `select e.employee_id, e.account_id, e.email, e.first_name, e.last_name, e.language, e.start_date::text, e.employee_number,
       e.current_contract_id, e.deactivated_at, e.invited_at, l.worker_id, a.email as sign_in
     from employees e left join links l using (customer_id, employee_id) join accounts a using (account_id) order by 1`,
  );
  const contracts = await house.rows(
    "select to_jsonb(c) - 'row_version' - 'updated_at' as contract from wage_contracts c order by employee_id, contract_id",
  );
  const accounts = await house.rows("select account_id, email from accounts order by 1");
  return [...employees, ...contracts, ...accounts];
}

async function editByHand(house: SyncHouse, employeeId: string, change: object): Promise<void> {
  const { customerId } = house.scope;
  const at = house.simulator.control.now();
  const writing = {
    ...actor,
    customerId,
    at,
    language: "nl",
    myLiantisUrl: "https://my.liantis.example",
  } as const;
  await house.rows("update connections set state = 'disabled'");
  await tenantTransaction(house.database.db, house.scope, "app", (trx) =>
    changeEmployee(trx, writing, employeeId, change),
  );
  await house.rows("update connections set state = 'active'");
}

const nextDay = (house: SyncHouse) => house.simulator.control.advanceClock(24 * 3600);

/** One thing that HR does at Liantis. */
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
  by: fc.integer({ min: 1, max: 99 }),
});
type Edit = typeof edit extends fc.Arbitrary<infer One> ? One : never;

async function apply(
  house: SyncHouse,
  workers: string[],
  { worker, kind, by }: Edit,
  mark: number,
): Promise<void> {
  const { control } = house.simulator;
  const workerId = workers[worker] ?? "";
  const stored = control.worker(house.number, workerId) as {
    email: string;
    wageContracts: Record<string, unknown>[];
  };
  const patch = (fields: Record<string, unknown>) => control.patchWorker(house.number, workerId, fields);
  const onLast = (fields: Record<string, unknown>) => {
    const contracts = stored.wageContracts;
    patch({
      wageContracts: contracts.map((one, at) => (at === contracts.length - 1 ? { ...one, ...fields } : one)),
    });
  };
  switch (kind) {
    case "rename":
      return patch({ firstName: `Wiebe${mark}`, lastName: `Ørsted ${by}` }), undefined;
    case "address":
      return patch({ email: `adres.${mark}@fietsen.example` }), undefined;
    case "number":
      return patch({ employeeNumber: `P-${mark}` }), undefined;
    case "raise":
      return onLast({ grossAmount: `${3000 + by}.50` });
    case "hours":
      return onLast({ weeklyHours: `${30 + (by % 9)}.00`, workRegimePercentage: "90.00" });
    case "extend": {
      const next = contractFields(`${workerId}-${mark}`, {
        startDate: "2026-11-01",
        grossAmount: `${3000 + by}.00`,
      });
      return patch({ wageContracts: [...stored.wageContracts, next] }), undefined;
    }
    case "drop":
      return patch({ wageContracts: stored.wageContracts.slice(0, -1) }), undefined;
    case "end":
      return onLast({ endDate: "2026-11-10" });
    case "newcomer":
      addWorker(house, `Nieuw${mark}`);
      return;
    case "match":
      await enterByHand(house, {
        email: `hand${mark}@fietsen.example`,
        firstName: `Hand${mark}`,
        lastName: "Smet",
      });
      addWorker(house, `Hand${mark}`);
      return;
    case "pass_on": {
      patch({ email: `weg.${mark}@fietsen.example` });
      addWorker(house, `Erft${mark}`, { email: stored.email });
    }
  }
}

test("a run that is put back leaves everything as it was before it; what was touched by hand stays touched", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const workers = Array.from({ length: 8 }, (_, index) => addWorker(house, `Ann${index}`));
  await house.sync("first");
  let mark = 0;
  let restored = 0;
  const someEdits = fc.array(edit, { minLength: 1, maxLength: 5 });
  const touches = fc.subarray([0, 1, 2, 3, 4, 5, 6, 7], { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(someEdits, touches, async (edits, touched) => {
      nextDay(house);
      await house.sync();
      nextDay(house);
      for (const one of edits) await apply(house, workers, one, (mark += 1));
      const before = await peopleNow(house);
      const run = await house.sync();
      nextDay(house);
      const people = new Map<string, string>();
      for (const worker of touched) {
        const { employee_id: employeeId } = await personOf(house, workers[worker] ?? "");
        await editByHand(house, employeeId, { firstName: `Met de hand ${mark}` });
        people.set(employeeId, `Met de hand ${mark}`);
      }
      const { notReverted, changes } = await revert(house, run.runId);
      restored += changes;
      const expected = before.map((row) => withFirstName(row, people));
      assert.deepEqual(
        (await peopleNow(house)).map((row) => withFirstName(row, people)),
        expected,
      );
      for (const [employeeId, firstName] of people) {
        const [row] = await house.rows("select first_name from employees where employee_id = $1", [
          employeeId,
        ]);
        assert.deepEqual(row, { first_name: firstName });
      }
      for (const { field, reason } of notReverted)
        assert.deepEqual([field, reason], ["firstName", "changed_since"]);
      // For the next round everything is as Liantis says again.
      await house.rows("update holds set status = 'accepted' where kind = 'reverted'");
    }),
    { numRuns: 12, endOnFailure: true },
  );
  assert.ok(restored > 30, "something was put back");
});

function withFirstName(row: object, people: ReadonlyMap<string, string>): object {
  if (!("employee_id" in row) || !people.has(String(row.employee_id))) return row;
  return { ...row, first_name: "" };
}
