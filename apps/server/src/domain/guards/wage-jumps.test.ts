import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PersonFacts, PersonPlan } from "../plan/plan-types.ts";
import { planPerson } from "../plan/plan.ts";
import type { EmployeeTarget, StoredContract } from "../records/employee.ts";
import type { WorkerContract } from "../records/worker.ts";
import {
  aContract,
  anEmployee,
  aPolicy,
  aStoredContract,
  aWorker,
  linkedTo,
} from "../testing/sample-people.ts";
import { addDays } from "../values/calendar-date.ts";
import { currentContract, currentId } from "../wages/contract-timeline.ts";

type Sent = Partial<WorkerContract>;
type Stored = Partial<StoredContract>;

interface Before {
  stored?: Stored[];
  current?: string | null;
  today?: string;
  facts?: Partial<PersonFacts>;
}

/** Plans a linked person; by default with one open-ended current contract of 3200 a month. */
function plan(sent: Sent[], { stored = [{}], current = "c-1", today, facts = {} }: Before = {}): PersonPlan {
  const contracts = stored.map((one) => aStoredContract(one));
  const employee = anEmployee({ currentContractId: current, contracts });
  const source = aWorker({ contracts: sent.map((one) => aContract(one)) });
  return planPerson(source, linkedTo(employee, facts), aPolicy(today === undefined ? {} : { today }));
}

function codes({ holds }: PersonPlan): string[] {
  return holds.flatMap((hold) => hold.reasons.map((reason) => reason.code));
}

function accepting({ holds }: PersonPlan): Partial<PersonFacts> {
  const decisions = holds.map(
    ({ kind, fingerprint }) => ({ kind, fingerprint, status: "accepted" }) as const,
  );
  return { decisions };
}

const main = { workRegimePercentage: "80.00" };
const aside = {
  contractId: "c-2",
  startDate: "2026-09-01",
  grossAmount: "500",
  workRegimePercentage: "10.00",
};
const storedAside = { ...aside, grossMonthly: "500.00" };
const twelvefold = { grossAmount: "38400" };
const storedTwelvefold = { ...twelvefold, grossMonthly: "38400.00" };
const next = { contractId: "c-2", startDate: "2026-12-01" };
const hourly = { wageType: "hourly", grossAmount: "20" } as const;
const storedHourly = { ...hourly, grossMonthly: "3293.33" };
const blue = { statute: "blue_collar" } as const;

describe("a wage that becomes current and looks wrong is held", () => {
  const cases: [name: string, sent: Sent[], expected: string[], before?: Before][] = [
    [
      "of a contract that begins on the last day of another",
      [{ endDate: "2026-12-01" }, { ...next, ...twelvefold }],
      ["WAGE_UP"],
    ],
    [
      "of a contract that begins weeks before another ends",
      [{ endDate: "2026-12-31" }, { ...next, ...twelvefold }],
      ["WAGE_UP"],
    ],
    ["of what is left when the job goes", [aside], ["WAGE_DOWN"], { stored: [main, storedAside] }],
    [
      "of what is left when the job has ended",
      [{ ...main, endDate: "2026-11-21" }, aside],
      ["WAGE_DOWN"],
      { stored: [main, storedAside] },
    ],
    [
      "of what is left when the job will end",
      [{ ...main, endDate: "2027-03-31" }, aside],
      ["WAGE_DOWN"],
      { stored: [main, storedAside] },
    ],
    [
      "of a job that had ended, and is left when another goes",
      [{ contractId: "c-0", startDate: "2020-01-01", grossAmount: "1000" }],
      ["WAGE_DOWN"],
      {
        stored: [
          {
            contractId: "c-0",
            startDate: "2020-01-01",
            endDate: "2023-12-31",
            grossAmount: "1000",
            grossMonthly: "1000.00",
          },
          {},
        ],
      },
    ],
    [
      "of a contract to come whose amount was not known",
      [{ endDate: "2026-11-30" }, { ...next, ...twelvefold }],
      ["WAGE_UP"],
      { stored: [{ endDate: "2026-11-30" }, { ...next, grossAmount: null, grossMonthly: null }] },
    ],
    [
      "of a contract whose unit was not known",
      [{ endDate: "2026-10-31" }, { ...next, ...hourly, startDate: "2026-11-01" }],
      ["WAGE_TYPE_FLIPPED"],
      {
        stored: [
          { endDate: "2026-10-31" },
          { ...next, startDate: "2026-11-01", wageType: null, grossAmount: "3900", grossMonthly: null },
        ],
        current: "c-2",
      },
    ],
    [
      "after months without any",
      [{ endDate: "2026-06-30" }, { ...next, ...twelvefold }],
      ["WAGE_UP"],
      { stored: [{ endDate: "2026-06-30" }], current: null },
    ],
    [
      "in the place of one that never began",
      [{ ...next, contractId: "c-3", ...twelvefold }],
      ["WAGE_UP"],
      { stored: [next], current: null },
    ],
    [
      "when a step up to it is lowered",
      [
        { grossAmount: "2200", endDate: "2026-11-30" },
        { ...next, grossAmount: "4000" },
      ],
      ["WAGE_UP"],
      { stored: [{ endDate: "2026-11-30" }, { ...next, grossAmount: "4000", grossMonthly: "4000.00" }] },
    ],
    [
      "sooner than it was let in for",
      [{ endDate: "2026-11-24" }, { ...next, startDate: "2026-11-25", ...twelvefold }],
      ["WAGE_UP"],
      { stored: [{ endDate: "2026-11-30" }, { ...next, ...storedTwelvefold }] },
    ],
    [
      "by the hour and no longer by the month",
      [{ ...hourly, ...blue }],
      ["WAGE_TYPE_FLIPPED"],
      { stored: [storedHourly] },
    ],
    [
      "by the month and no longer by the hour",
      [hourly],
      ["WAGE_TYPE_FLIPPED"],
      { stored: [{ ...storedHourly, ...blue, grossMonthly: null }] },
    ],
  ];
  for (const [name, sent, expected, before] of cases)
    test(name, () => {
      const planned = plan(sent, before);
      assert.deepEqual([planned.bucket, codes(planned), planned.operations], ["held", expected, []]);
      const accepted = plan(sent, { ...before, facts: accepting(planned) });
      assert.deepEqual([accepted.bucket, codes(accepted)], ["updated", []]);
    });
});

describe("a wage that becomes current is not held", () => {
  const ahead = { stored: [{ endDate: "2026-11-30" }, { ...next, ...storedTwelvefold }] };
  const cases: [name: string, sent: Sent[], before?: Before][] = [
    ["beside the job that goes on", [main, aside], { stored: [main] }],
    [
      "when it was beside the job before",
      [{ ...main, jointCommittee: "218" }, aside],
      { stored: [main, storedAside] },
    ],
    [
      "when the job goes and pays the same as what is left",
      [{ ...next, startDate: "2026-09-01" }],
      {
        stored: [main, { ...next, startDate: "2026-09-01" }],
      },
    ],
    [
      "again when it was let in ahead",
      [{ endDate: "2026-11-30" }, { ...next, ...twelvefold, jointCommittee: "218" }],
      ahead,
    ],
    ["again when it moves a little", [{ endDate: "2026-11-30" }, { ...next, grossAmount: "38500" }], ahead],
    [
      "again when it comes later than it was let in for",
      [{ endDate: "2026-12-14" }, { ...next, startDate: "2026-12-15", ...twelvefold }],
      ahead,
    ],
    [
      "again on its day, before the day was chosen for",
      [{ endDate: "2026-11-30" }, { ...next, ...twelvefold, jointCommittee: "218" }],
      { ...ahead, today: "2026-12-01" },
    ],
    [
      "when the hours that it could not be worked out for want of are there",
      [hourly],
      { stored: [{ ...hourly, weeklyHours: null, grossMonthly: null }] },
    ],
    ["when it ends with the calendar", [{ endDate: "9999-12-31" }, { ...next, grossAmount: "3300" }]],
  ];
  for (const [name, sent, before] of cases)
    test(name, () => {
      const planned = plan(sent, before);
      assert.deepEqual([planned.bucket, codes(planned)], ["updated", []]);
    });
});

/** Plans night after night and chooses the contract of each day before, as the worker does. */
function nightly(
  sent: Sent[],
  employee: EmployeeTarget,
  nights: number,
): { day: string; gross: string | null }[] {
  const source = aWorker({ contracts: sent.map((one) => aContract(one)) });
  let target = employee;
  return Array.from({ length: nights }, (_, index) => {
    const today = addDays("2026-11-22", index);
    const { contracts } = target;
    const current = currentContract(contracts, today, target.currentContractId);
    target = { ...target, currentContractId: currentId(current) };
    const { operations } = planPerson(source, linkedTo(target), aPolicy({ today }));
    assert.deepEqual(operations, []);
    const driver = contracts.find((one) => one.contractId === target.currentContractId);
    return { day: today, gross: driver?.grossAmount ?? null };
  });
}

test("a held jump is not written on its day, and an accepted one is, once", () => {
  const sent = [{ endDate: "2026-12-01" }, { ...next, ...twelvefold }];
  const waiting = nightly(sent, anEmployee(), 14);
  assert.ok(waiting.every(({ gross }) => gross === "3200.00"));
  const written = anEmployee({
    contracts: [
      aStoredContract({ endDate: "2026-12-01" }),
      aStoredContract({ ...next, ...storedTwelvefold }),
    ],
  });
  const grossOn = new Map(nightly(sent, written, 14).map(({ day, gross }) => [day, gross]));
  assert.deepEqual([grossOn.get("2026-12-01"), grossOn.get("2026-12-02")], ["3200.00", "38400"]);
});
