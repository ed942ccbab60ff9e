import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { someValues } from "../testing/sample-people.ts";
import { addDays } from "../values/calendar-date.ts";
import { currentContract, isRunning } from "./contract-timeline.ts";
import type { CurrentContract, TimelineContract } from "./contract-timeline.ts";

const today = "2026-11-22";

function contract(
  contractId: string,
  startDate: string | null,
  endDate: string | null,
  different: Partial<TimelineContract> = {},
): TimelineContract {
  return { contractId, withdrawn: false, ...someValues({ startDate, endDate }), ...different };
}

function one(contractId: string, notice: "duplicates" | "superseded" | null = null): CurrentContract {
  return { kind: "one", contractId, notice };
}

const half = { workRegimePercentage: "50" };
const cases: [
  name: string,
  contracts: TimelineContract[],
  lastDecided: string | null,
  expected: CurrentContract,
][] = [
  ["nothing at all", [], null, { kind: "none" }],
  ["one that runs", [contract("a", "2024-01-01", null)], null, one("a")],
  ["one that starts today", [contract("a", today, null)], null, one("a")],
  ["one whose last day is today", [contract("a", "2024-01-01", today)], null, one("a")],
  ["one of a single day, today", [contract("a", today, today)], null, one("a")],
  [
    "one that ended yesterday",
    [contract("a", "2024-01-01", "2026-11-21")],
    "a",
    { kind: "ended", endedOn: "2026-11-21" },
  ],
  [
    "one that starts tomorrow",
    [contract("a", "2026-11-23", null)],
    null,
    { kind: "future", startsOn: "2026-11-23" },
  ],
  [
    "the soonest of several to come, whatever has ended",
    [
      contract("a", "2027-02-01", null),
      contract("b", "2027-01-01", "2027-01-31"),
      contract("c", "2020-01-01", "2020-12-31"),
    ],
    "c",
    { kind: "future", startsOn: "2027-01-01" },
  ],
  [
    "the last of several that ended",
    [contract("a", "2020-01-01", "2025-12-31"), contract("b", "2021-01-01", "2021-06-30")],
    null,
    { kind: "ended", endedOn: "2025-12-31" },
  ],
  [
    "a seam: yesterday's last day and today's first",
    [contract("a", "2024-01-01", "2026-11-21"), contract("b", today, null)],
    "a",
    one("b"),
  ],
  [
    "a withdrawn one never counts",
    [contract("a", "2024-01-01", null, { withdrawn: true })],
    "a",
    { kind: "none" },
  ],
  [
    "a withdrawn one beside one that runs",
    [contract("a", "2024-01-01", null, { withdrawn: true }), contract("b", "2025-01-01", null)],
    "a",
    one("b"),
  ],
  ["one without a start never counts", [contract("a", null, null)], "a", { kind: "none" }],
  [
    "identical ones are one: the first id",
    [contract("b", "2024-01-01", null), contract("a", "2024-01-01", null)],
    null,
    one("a", "duplicates"),
  ],
  [
    "identical ones are one: that decided last",
    [contract("a", "2024-01-01", null), contract("b", "2024-01-01", null)],
    "b",
    one("b", "duplicates"),
  ],
  [
    "identical in value, though not in spelling or end",
    [
      contract("a", "2024-01-01", null, { grossAmount: "3200" }),
      contract("b", "2024-01-01", "2027-01-01", { workRegimePercentage: "100" }),
    ],
    null,
    one("a", "duplicates"),
  ],
  [
    "an older open-ended one over full time gives way",
    [contract("a", "2024-01-01", null), contract("b", "2026-10-01", null, { workRegimePercentage: "80" })],
    "a",
    one("b", "superseded"),
  ],
  [
    "the newer one may have an end",
    [contract("a", "2024-01-01", null), contract("b", "2026-10-01", "2026-12-31")],
    "a",
    one("b", "superseded"),
  ],
  [
    "an older one with an end of its own does not give way",
    [contract("a", "2024-01-01", "2026-12-31"), contract("b", "2026-10-01", null)],
    "a",
    { kind: "several", contractIds: ["a", "b"], keptId: "a" },
  ],
  [
    "two half-times are two halves: nobody guesses",
    [
      contract("a", "2024-01-01", null, half),
      contract("b", "2026-10-01", null, { ...half, grossAmount: "1500" }),
    ],
    null,
    { kind: "several", contractIds: ["a", "b"], keptId: null },
  ],
  [
    "100 % exactly is not over full time",
    [
      contract("a", "2024-01-01", null, { workRegimePercentage: "60.00" }),
      contract("b", "2026-10-01", null, { workRegimePercentage: "40.00" }),
    ],
    "b",
    { kind: "several", contractIds: ["a", "b"], keptId: "b" },
  ],
  [
    "100.01 % is",
    [
      contract("a", "2024-01-01", null, { workRegimePercentage: "60.01" }),
      contract("b", "2026-10-01", null, { workRegimePercentage: "40.00" }),
    ],
    null,
    one("b", "superseded"),
  ],
  [
    "both from the same day over full time: neither is the older",
    [contract("a", "2024-01-01", null), contract("b", "2024-01-01", null, { grossAmount: "4000" })],
    null,
    { kind: "several", contractIds: ["a", "b"], keptId: null },
  ],
  [
    "an unknown regime cannot be added up",
    [contract("a", "2024-01-01", null, { workRegimePercentage: null }), contract("b", "2026-10-01", null)],
    "a",
    { kind: "several", contractIds: ["a", "b"], keptId: "a" },
  ],
  [
    "who decided last but runs no more is not kept",
    [
      contract("a", "2024-01-01", null, half),
      contract("b", "2025-01-01", null, half),
      contract("z", "2020-01-01", "2024-12-31"),
    ],
    "z",
    { kind: "several", contractIds: ["a", "b"], keptId: null },
  ],
  [
    "a full-time one gives way to two later halves, and those are for people to decide",
    [
      contract("a", "2020-01-01", null),
      contract("b", "2024-01-01", null, half),
      contract("c", "2026-01-01", null, half),
    ],
    "a",
    { kind: "several", contractIds: ["b", "c"], keptId: "a" },
  ],
  [
    "one after the other gives way",
    [contract("a", "2020-01-01", null), contract("b", "2022-01-01", null), contract("c", "2024-01-01", null)],
    null,
    one("c", "superseded"),
  ],
  [
    "duplicates of the newest",
    [contract("a", "2020-01-01", null), contract("c", "2024-01-01", null), contract("b", "2024-01-01", null)],
    null,
    one("b", "superseded"),
  ],
];

for (const [name, contracts, lastDecided, expected] of cases) {
  test(name, () => {
    assert.deepEqual(currentContract(contracts, today, lastDecided), expected);
    assert.deepEqual(currentContract(contracts.toReversed(), today, lastDecided), expected);
  });
}

const day = fc.integer({ min: -40, max: 40 }).map((days) => addDays(today, days));
const anyContract = fc
  .record({
    contractId: fc.constantFrom("a", "b", "c", "d", "e"),
    startDate: fc.option(day, { freq: 8 }),
    endDate: fc.option(day),
    withdrawn: fc.boolean(),
    workRegimePercentage: fc.constantFrom("20", "50", "80", "100", null),
    grossAmount: fc.constantFrom("3000", "3000.00", "1500", null),
  })
  .map((values): TimelineContract => ({ ...someValues(), ...values }));
const timeline = fc.uniqueArray(anyContract, { selector: (one_) => one_.contractId, maxLength: 5 });

test("the order does not matter, and the current contract is one that runs", () => {
  fc.assert(
    fc.property(timeline, fc.constantFrom("a", "b", null), (contracts, lastDecided) => {
      const current = currentContract(contracts, today, lastDecided);
      assert.deepEqual(currentContract(contracts.toReversed(), today, lastDecided), current);
      const running = contracts
        .filter((each) => !each.withdrawn && isRunning(each, today))
        .map((each) => each.contractId);
      const ids =
        current.kind === "one" ? [current.contractId] : current.kind === "several" ? current.contractIds : [];
      assert.equal(running.length > 0, ids.length > 0);
      assert.ok(ids.every((id) => running.includes(id)));
      if (running.length === 1) assert.deepEqual(current, one(running[0] ?? ""));
      if (current.kind === "several" && current.keptId !== null) assert.ok(running.includes(current.keptId));
    }),
    { numRuns: 2000 },
  );
});

test("choosing again from the chosen contract gives the same one", () => {
  fc.assert(
    fc.property(timeline, fc.constantFrom("a", "b", null), (contracts, lastDecided) => {
      const current = currentContract(contracts, today, lastDecided);
      const decided =
        current.kind === "one" ? current.contractId : current.kind === "several" ? current.keptId : null;
      assert.deepEqual(currentContract(contracts, today, decided), current);
    }),
    { numRuns: 2000 },
  );
});
