/** A wage contract as Liantis lists it, reduced to what a story is about. */
export interface ListedContract {
  id: string;
  firstDay: string;
  /** Inclusive; null: open-ended. */
  lastDay: string | null;
  /** Percent of full time. */
  regime: string;
}

/** A year of one person's contracts: what Liantis lists from a day on, and which contract is current from a day on. */
export interface ContractStory {
  name: string;
  listed: [firstDay: string, contracts: ListedContract[]][];
  current: [firstDay: string, contractId: string | null][];
}

/** The first day of every story; a run has to have been every night from here on. */
export const storiesBegin = "2026-01-01";
export const storiesEnd = "2027-01-05";

const full = (id: string, firstDay: string, lastDay: string | null = null): ListedContract => ({
  id,
  firstDay,
  lastDay,
  regime: "100.00",
});
const part = (
  id: string,
  regime: string,
  firstDay: string,
  lastDay: string | null = null,
): ListedContract => ({
  id,
  firstDay,
  lastDay,
  regime,
});

/** What a year of wage contracts comes to on each day of it: for tests, each expectation from the rules of the trade. */
export const contractStories: readonly ContractStory[] = [
  {
    name: "one follows the other without a gap: the last day still counts",
    listed: [[storiesBegin, [full("a", "2024-01-01", "2026-06-30"), full("b", "2026-07-01")]]],
    current: [
      [storiesBegin, "a"],
      ["2026-07-01", "b"],
    ],
  },
  {
    name: "a gap between two",
    listed: [[storiesBegin, [full("a", "2024-01-01", "2026-03-31"), full("b", "2026-05-01")]]],
    current: [
      [storiesBegin, "a"],
      ["2026-04-01", null],
      ["2026-05-01", "b"],
    ],
  },
  {
    name: "the clock changes on the days that contracts do, and so does the year",
    listed: [
      [
        storiesBegin,
        [
          full("a", "2024-01-01", "2026-03-28"),
          full("b", "2026-03-29", "2026-10-24"),
          full("c", "2026-10-25", "2026-12-31"),
          full("d", "2027-01-01"),
        ],
      ],
    ],
    current: [
      [storiesBegin, "a"],
      ["2026-03-29", "b"],
      ["2026-10-25", "c"],
      ["2027-01-01", "d"],
    ],
  },
  {
    name: "a contract of one day that is listed ahead",
    listed: [[storiesBegin, [full("a", "2026-04-01", "2026-04-01")]]],
    current: [
      [storiesBegin, null],
      ["2026-04-01", "a"],
      ["2026-04-02", null],
    ],
  },
  {
    name: "extended before its last day",
    listed: [
      [storiesBegin, [full("a", "2024-01-01", "2026-06-30")]],
      ["2026-06-15", [full("a", "2024-01-01", "2026-09-30")]],
    ],
    current: [
      [storiesBegin, "a"],
      ["2026-10-01", null],
    ],
  },
  {
    name: "ended, and opened again ten days later",
    listed: [
      [storiesBegin, [full("a", "2024-01-01", "2026-06-30")]],
      ["2026-07-10", [full("a", "2024-01-01")]],
    ],
    current: [
      [storiesBegin, "a"],
      ["2026-07-01", null],
      ["2026-07-10", "a"],
    ],
  },
  {
    name: "shortened to a day that is over",
    listed: [
      [storiesBegin, [full("a", "2024-01-01")]],
      ["2026-05-20", [full("a", "2024-01-01", "2026-04-30")]],
    ],
    current: [
      [storiesBegin, "a"],
      ["2026-05-20", null],
    ],
  },
  {
    name: "a new full-time contract while the old one was left open: the new one follows the old one",
    listed: [[storiesBegin, [full("a", "2024-01-01"), full("b", "2026-08-01")]]],
    current: [
      [storiesBegin, "a"],
      ["2026-08-01", "b"],
    ],
  },
  {
    name: "a second part-time contract for a while: the one decided last stays current",
    listed: [
      [storiesBegin, [part("a", "50.00", "2024-01-01"), part("b", "40.00", "2026-03-01", "2026-05-31")]],
    ],
    current: [[storiesBegin, "a"]],
  },
  {
    name: "the first of two part-time contracts ends: the other becomes current",
    listed: [
      [storiesBegin, [part("a", "50.00", "2024-01-01", "2026-05-31"), part("b", "40.00", "2026-03-01")]],
    ],
    current: [
      [storiesBegin, "a"],
      ["2026-06-01", "b"],
    ],
  },
  {
    name: "two part-time contracts from the first night on: none is current until one is left",
    listed: [
      [storiesBegin, [part("a", "50.00", "2024-01-01"), part("b", "40.00", "2025-01-01", "2026-04-30")]],
    ],
    current: [
      [storiesBegin, null],
      ["2026-05-01", "a"],
    ],
  },
  {
    name: "the same contract entered twice is one; without the first it is the second",
    listed: [
      [storiesBegin, [full("a", "2024-01-01")]],
      ["2026-02-02", [full("a", "2024-01-01"), full("b", "2024-01-01")]],
      ["2026-09-01", [full("b", "2024-01-01")]],
    ],
    current: [
      [storiesBegin, "a"],
      ["2026-09-01", "b"],
    ],
  },
  {
    name: "deleted and entered anew: the old one is history",
    listed: [
      [storiesBegin, [full("a", "2024-01-01")]],
      ["2026-09-01", [full("b", "2026-01-01")]],
    ],
    current: [
      [storiesBegin, "a"],
      ["2026-09-01", "b"],
    ],
  },
  {
    name: "a new contract since last month that is listed late",
    listed: [
      [storiesBegin, [full("a", "2024-01-01")]],
      ["2026-10-10", [full("a", "2024-01-01", "2026-08-31"), full("b", "2026-09-01")]],
    ],
    current: [
      [storiesBegin, "a"],
      ["2026-10-10", "b"],
    ],
  },
];

/** The value of a table of days on a day: the last entry of that day or before it. */
export function onDay<Value>(entries: readonly [firstDay: string, value: Value][], day: string): Value {
  const found = entries.findLast(([firstDay]) => firstDay <= day);
  if (found === undefined) throw new RangeError(`the table has no value for ${day}`);
  return found[1];
}
