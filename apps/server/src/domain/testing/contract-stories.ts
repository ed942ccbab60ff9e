/** A wage contract as Liantis lists it, as far as a story is about it. */
export interface ToldContract {
  id: string;
  from: string;
  /** Last day, inclusive; null: open-ended. */
  to: string | null;
  /** Percent of full time. */
  regime: string;
}

/** A year of somebody's contracts: what Liantis lists from a day on, and which contract drives their wage from a day on. */
export interface ContractStory {
  name: string;
  listed: [from: string, contracts: ToldContract[]][];
  current: [from: string, contractId: string | null][];
}

/** The first day of every story; a run has to have been every night from here on. */
export const storiesBegin = "2026-01-01";
export const storiesEnd = "2027-01-05";

const full = (id: string, from: string, to: string | null = null): ToldContract => ({
  id,
  from,
  to,
  regime: "100.00",
});
const part = (id: string, regime: string, from: string, to: string | null = null): ToldContract => ({
  id,
  from,
  to,
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
    name: "hired ahead, for one day, and gone",
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
    name: "a new one while the old one was left open: full time twice is one after the other",
    listed: [[storiesBegin, [full("a", "2024-01-01"), full("b", "2026-08-01")]]],
    current: [
      [storiesBegin, "a"],
      ["2026-08-01", "b"],
    ],
  },
  {
    name: "a second part-time for a while: two at once are nobody's to add up, and the one decided last stays",
    listed: [
      [storiesBegin, [part("a", "50.00", "2024-01-01"), part("b", "40.00", "2026-03-01", "2026-05-31")]],
    ],
    current: [[storiesBegin, "a"]],
  },
  {
    name: "the first of two part-times ends: the other drives the wage",
    listed: [
      [storiesBegin, [part("a", "50.00", "2024-01-01", "2026-05-31"), part("b", "40.00", "2026-03-01")]],
    ],
    current: [
      [storiesBegin, "a"],
      ["2026-06-01", "b"],
    ],
  },
  {
    name: "two part-times from the first night on: none until one is left",
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
    name: "told afterwards: another contract since last month",
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

/** What stands in a table of days on a day: the last entry from that day or before it. */
export function onDay<Value>(entries: readonly [from: string, value: Value][], day: string): Value {
  const found = entries.findLast(([from]) => from <= day);
  if (found === undefined) throw new RangeError(`nothing is told of ${day}`);
  return found[1];
}
