import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseContractsOfDay } from "../../src/people/contracts/contracts-of-day.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { addWorker, contractFields } from "../support/people.ts";

const day = 24 * 3600;

async function currents(connected: ConnectedEntity): Promise<Record<string, string | null>> {
  const rows = await connected.rows<{ first_name: string; current_contract_id: string | null }>(
    "select first_name, current_contract_id from employees order by first_name",
  );
  return Object.fromEntries(rows.map((row) => [row.first_name, row.current_contract_id]));
}

test("the current contract follows the calendar without Liantis, and the next run agrees", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const addWith = (name: string, ...contracts: Record<string, unknown>[]) =>
    addWorker(connected, name, {
      wageContracts: contracts.map((fields, index) => contractFields(`${name}-${index}`, fields)),
    });
  addWith("Ann", { endDate: "2026-11-21" }, { startDate: "2026-11-22" });
  addWith("Bert", { endDate: "2026-11-21" });
  addWith("Cas", {}, { startDate: "2026-11-22", grossAmount: "3200.00" });
  // Two half-time jobs at once: what was decided last stays.
  addWith(
    "Dirk",
    { workRegimePercentage: "50.00" },
    { startDate: "2026-11-22", workRegimePercentage: "40.00" },
  );
  addWith("Els", { startDate: "2026-11-22" });
  addWith("Fien", {});
  await connected.sync("first");
  const before = { Ann: "Ann-0", Bert: "Bert-0", Cas: "Cas-0", Dirk: "Dirk-0", Els: null, Fien: "Fien-0" };
  assert.deepEqual(await currents(connected), before);
  const choose = () => chooseContractsOfDay(connected.database.db, new Date(control.now()));
  assert.equal(await choose(), 0);

  control.advanceClock(2 * day);
  const after = { Ann: "Ann-1", Bert: null, Cas: "Cas-1", Dirk: "Dirk-0", Els: "Els-0", Fien: "Fien-0" };
  // Several workers may look at the same moment: one of them does it.
  const moved = await Promise.all([choose(), choose(), choose()]);
  assert.equal(
    moved.reduce((sum, count) => sum + count, 0),
    4,
  );
  assert.deepEqual(await currents(connected), after);
  assert.deepEqual(
    await connected.rows(
      `select e.first_name, c.fields->'currentContractId' as moved from changes c join employees e using (customer_id, employee_id)
       where c.reason = 'contract_by_date' order by 1`,
    ),
    [
      { first_name: "Ann", moved: ["Ann-0", "Ann-1"] },
      { first_name: "Bert", moved: ["Bert-0", null] },
      { first_name: "Cas", moved: ["Cas-0", "Cas-1"] },
      { first_name: "Els", moved: [null, "Els-0"] },
    ],
  );
  const run = await connected.sync();
  assert.deepEqual([run.counts.updated, run.counts.unchanged], [0, 6]);
  assert.deepEqual(await currents(connected), after);

  // The clock goes back: the date was chosen for, nothing moves back and forth.
  assert.equal(await chooseContractsOfDay(connected.database.db, new Date("2026-11-20T10:00:00Z")), 0);
  assert.deepEqual(await currents(connected), after);
});
