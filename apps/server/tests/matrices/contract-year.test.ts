import assert from "node:assert/strict";
import { test } from "node:test";
import {
  contractStories,
  type ListedContract,
  onDay,
  storiesBegin,
} from "../../src/domain/testing/contract-stories.ts";
import { addDays, brusselsInstant } from "../../src/domain/values/calendar-date.ts";
import { type Firm, openFirms, wireContract, wireWorker } from "./firms.ts";

/** Half an hour into a date in Brussels: by the clock of UTC it is the day before. */
const secondOfNight = 1_800;

/** The nights on which something is different from the night before, and the nights on both sides of them. */
function nights(): string[] {
  const days = contractStories.flatMap(({ listed, current }) =>
    [...listed, ...current].flatMap(([day]) => (day === storiesBegin ? [day] : [addDays(day, -1), day])),
  );
  return [...new Set(days)].toSorted();
}

test("through a year of real runs contracts start, end, move, are withdrawn and are listed again", async (t) => {
  const firms = await openFirms(t);
  const firm = await firms.addFirm();
  for (const night of nights()) {
    firms.clock.now = new Date(brusselsInstant(night, secondOfNight)).toISOString();
    firm.list(contractStories.map(({ listed }, index) => workerOf(index, onDay(listed, night))));
    const run = await firm.sync();
    assert.notEqual(run.verdict, "held", night);
    assert.equal(run.counts.failed + run.counts.held + run.counts.absent, 0, night);
    assert.deepEqual(
      await currentOf(firm),
      contractStories.map(({ current }) => onDay(current, night)),
      night,
    );
  }
  const kept = await firm.rows("select * from wage_contracts where customer_id = $1");
  const ever = contractStories.flatMap(({ listed }) => [
    ...new Set(listed.flatMap(([, contracts]) => contracts.map((one) => one.id))),
  ]);
  assert.equal(kept.length, ever.length, "history is kept");
});

function workerOf(index: number, contracts: readonly ListedContract[]) {
  return wireWorker(String(index).padStart(2, "0"), {
    wageContracts: contracts.map(({ id, firstDay, lastDay, regime }) =>
      wireContract(`${index}-${id}`, {
        wageType: "MONTHLY",
        grossAmount: "3200.00",
        startDate: firstDay,
        endDate: lastDay,
        workRegimePercentage: regime,
      }),
    ),
  });
}

/** The current contract of everybody, in the order of the stories. */
async function currentOf(firm: Firm): Promise<(string | null)[]> {
  const rows = await firm.rows<{ current: string | null }>(
    `select split_part(e.current_contract_id, '-', 2) as current
     from links l join employees e using (customer_id, employee_id) where l.customer_id = $1 order by l.worker_id`,
  );
  return rows.map((row) => row.current);
}
