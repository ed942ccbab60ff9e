import assert from "node:assert/strict";
import { emptyCounts } from "../../src/domain/plan/counts.ts";
import type { StoredRun } from "../../src/runs/runs.sql.ts";
import {
  cursorTo,
  type Employer,
  jsonAnswer,
  type WireAnswer,
  type WirePage,
  type WireRecord,
} from "./contract-liantis.ts";
import { type Firm, type Firms, issuesOf, type Look, lookAt, sideBySide, wireWorker } from "./firms.ts";

/** One answer that is not true: a shape, the page of eight that it begins at, and the size of the firm. */
export interface LyingCase {
  shape: Shape;
  page: number;
  size: number;
}

/** How a run ends after a lie. None of them changes a person. */
export type Ending =
  /** As on any other day: the listing was unusual, but complete and consistent. */
  | { kind: "well" }
  | { kind: "failed" }
  | { kind: "incomplete" }
  | { kind: "held"; reason: string }
  /** Some people's fields are not usable: each of them has an issue. */
  | { kind: "issues"; people: number }
  /** A consistent list without some people: they are recorded as absent. `strangers` are issues and left out. */
  | { kind: "absent"; people: number; strangers: number };

/** What the ending follows from, in people: those of the firm, those on the page, those from the page on. */
interface Struck {
  size: number;
  page: number;
  here: number;
  fromHere: number;
}

interface LyingAt {
  /** The page that the lie begins at. */
  page: number;
  asked: number;
  firm: Employer;
}

export interface Shape {
  name: string;
  /** Which answers lie: that of the page alone, those from the page on, or all of them, in what they say of the whole. */
  reach: "page" | "onwards" | "listing";
  lie: (honest: WirePage, place: LyingAt) => WirePage | WireAnswer;
  ending: (struck: Struck) => Ending;
}

export const pages = 8;
export const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 20, 25, 33, 47, 60, 120] as const;

const well: Ending = { kind: "well" };
const failed: Ending = { kind: "failed" };
const incomplete: Ending = { kind: "incomplete" };
/** A listing with fewer people than it declares contradicts itself; where that page had no people, nothing was lost. */
const incompleteWithout = (lost: number): Ending => (lost > 0 ? incomplete : well);

/** More than 20 %, and at least 3: a pattern, and nothing is written. Fewer are each an issue. */
const fieldLost = (people: number, size: number): Ending => {
  if (people === 0) return well;
  return people >= 3 && people * 5 > size
    ? { kind: "held", reason: "FIELD_EMPTIED" }
    : { kind: "issues", people };
};

/** More than 2 people and more than 20 % of the firm, or everybody of a firm of two and more. */
const newlyAbsent = (people: number, size: number, strangers: number): Ending => {
  if (people === 0) return well;
  if (strangers === 0 && people === size) return { kind: "held", reason: "NOBODY_LISTED" };
  if (people === size && size > 1) return { kind: "held", reason: "ALL_LINKED_ABSENT" };
  return people > 2 && people * 5 > size
    ? { kind: "held", reason: "MANY_ABSENT" }
    : { kind: "absent", people, strangers };
};

export const shapes: readonly Shape[] = [
  {
    name: "an empty body with status 200",
    reach: "page",
    lie: () => ({ ...jsonAnswer(null), body: "" }),
    ending: () => failed,
  },
  {
    name: "no items although a total is declared",
    reach: "page",
    lie: (honest) => ({ ...honest, items: [] }),
    ending: ({ here }) => incompleteWithout(here),
  },
  {
    name: "half a page, and no next one",
    reach: "page",
    lie: (honest) => ({ ...honest, items: firstHalf(honest.items), nextCursor: null }),
    ending: ({ here, fromHere }) => incompleteWithout(fromHere - Math.floor(here / 2)),
  },
  {
    name: "a next page that leads back",
    reach: "page",
    // The first page has none before it: it leads to itself, which no cursor may.
    lie: (honest, { page }) => ({ ...honest, nextCursor: cursorTo(Math.max(1, page - 1), pages) }),
    ending: ({ page }) => (page === 1 ? failed : incomplete),
  },
  {
    name: "the page before once more",
    reach: "page",
    lie: (honest, { page, firm }) => ({ ...honest, items: firm.pages[page === 1 ? 1 : page - 2] ?? [] }),
    ending: ({ here }) => incompleteWithout(here),
  },
  {
    name: "every row twice",
    reach: "page",
    lie: (honest) => ({ ...honest, items: [...honest.items, ...honest.items] }),
    ending: () => well,
  },
  {
    name: "a total that is too low",
    reach: "onwards",
    lie: (honest) => ({ ...honest, total: honest.total - 1 }),
    ending: () => incomplete,
  },
  {
    name: "a total that is too high",
    reach: "onwards",
    lie: (honest) => ({ ...honest, total: honest.total + 3 }),
    ending: () => incomplete,
  },
  {
    name: "a body that breaks off",
    reach: "page",
    lie: (honest) => {
      const whole = jsonAnswer(honest);
      return { ...whole, body: whole.body.slice(0, Math.ceil(whole.body.length / 2)) };
    },
    ending: () => failed,
  },
  {
    name: "a web page with status 200",
    reach: "page",
    lie: () => ({ status: 200, contentType: "text/html", body: "<html><body>Even geduld</body></html>" }),
    ending: () => failed,
  },
  {
    name: "rows without their keys",
    reach: "page",
    lie: (honest) => ({ ...honest, items: honest.items.map(onlyIds) }),
    ending: ({ here, size }) => fieldLost(here, size),
  },
  {
    name: "a field that is null for everybody",
    reach: "onwards",
    lie: (honest) => ({ ...honest, items: honest.items.map((one) => ({ ...Object(one), email: null })) }),
    ending: ({ fromHere, size }) => fieldLost(fromHere, size),
  },
  {
    name: "numbers instead of texts",
    reach: "onwards",
    lie: (honest) => ({ ...honest, items: honest.items.map(inNumbers) }),
    ending: ({ fromHere, size }) => fieldLost(fromHere, size),
  },
  {
    name: "somebody else's people",
    reach: "onwards",
    lie: (honest, { asked }) => ({
      ...honest,
      items: honest.items.map((_, index) => stranger(asked, index)),
    }),
    ending: ({ fromHere, size }) => newlyAbsent(fromHere, size, fromHere),
  },
  {
    name: "a short list that agrees with itself",
    reach: "listing",
    lie: (honest, { page, asked, firm }) => ({
      ...honest,
      items: asked < page ? honest.items : [],
      nextCursor: asked < page - 1 ? honest.nextCursor : null,
      total: firm.pages.slice(0, page - 1).flat().length,
    }),
    ending: ({ fromHere, size }) => newlyAbsent(fromHere, size, 0),
  },
];

function firstHalf(items: readonly unknown[]): unknown[] {
  return items.slice(0, Math.floor(items.length / 2));
}

function onlyIds(item: unknown): WireRecord {
  const { workerId, wageContracts } = Object(item);
  const contracts: WireRecord[] = wageContracts;
  return { workerId, wageContracts: contracts.map(({ contractId }) => ({ contractId })) };
}

function inNumbers(item: unknown): WireRecord {
  const contracts: WireRecord[] = Object(item).wageContracts;
  return {
    ...Object(item),
    employeeNumber: 17,
    wageContracts: contracts.map((one) => ({ ...one, grossAmount: 20, weeklyHours: 30.4 })),
  };
}

const strangersOnAPage = 15;

function stranger(page: number, index: number): WireRecord {
  return wireWorker(`ander-${(page - 1) * strangersOnAPage + index}`);
}

/** The firms of the matrix, one of each size, after their first run; beside them another customer, whose people are the strangers. */
export async function openLiedTo(firms: Firms, sizes: readonly number[]): Promise<Map<number, LiedTo>> {
  const others = await firms.addFirm({
    people: Array.from({ length: pages * strangersOnAPage }, (_, index) => wireWorker(`ander-${index}`)),
  });
  assert.equal((await others.sync()).counts.created, pages * strangersOnAPage);
  const opened = await sideBySide(sizes, async (size): Promise<[number, LiedTo]> => {
    const people = Array.from({ length: size }, (_, index) => wireWorker(`m${size}-${index}`));
    const firm = await firms.addFirm({ pages, people });
    const run = await firm.sync();
    assert.deepEqual([run.verdict, run.counts.created], ["in_order", size]);
    return [size, { firm, whole: await lookAt(firm, run) }];
  });
  return new Map(opened);
}

export interface LiedTo {
  firm: Firm;
  /** The firm before the lie. */
  whole: Look;
}

/** Lies to a firm once: no person is changed, and the run ends as expected for the lie. */
export async function tellLie({ shape, page, size }: LyingCase, { firm, whole }: LiedTo): Promise<void> {
  const listed = firm.pages.slice(page - 1).map((one) => one.length);
  const fromHere = listed.reduce((sum, one) => sum + one, 0);
  const ending = shape.ending({ size, page, here: listed[0] ?? 0, fromHere });
  firm.lie = (honest, asked) =>
    reaches(shape, page, asked) ? shape.lie(honest, { page, asked, firm }) : honest;
  const run = await firm.sync();
  firm.lie = null;
  const absent = ending.kind === "absent" ? ending.people : 0;
  assert.deepEqual(await lookAt(firm, run), { ...whole, changes: 0, absent });
  await assertEnding(firm, run, ending, size);
  assert.equal(await leaversOf(firm), absent, "whoever is absent is a task, and nobody else");
  // Values that a lie left in the links would affect the next run.
  if (ending.kind === "issues" || ending.kind === "absent") await tellTruth({ firm, whole });
}

function reaches({ reach }: Shape, page: number, asked: number): boolean {
  if (reach === "listing") return true;
  return reach === "onwards" ? asked >= page : asked === page;
}

/** With honest answers the next run ends well by itself, and no lie leaves a trace. */
export async function tellTruth({ firm, whole }: LiedTo): Promise<void> {
  const size = firm.pages.flat().length;
  const calm = await firm.sync();
  assert.equal(calm.verdict, "in_order");
  assert.deepEqual(calm.counts, { ...emptyCounts(), fetched: size, unchanged: size });
  assert.deepEqual(await lookAt(firm, calm), { ...whole, changes: 0 });
  assert.deepEqual(await issuesOf(firm), []);
  assert.equal(await leaversOf(firm), 0, "whoever is back is no task any more");
}

async function leaversOf(firm: Firm): Promise<number> {
  const open = await firm.rows(
    "select from tasks where customer_id = $1 and kind = 'leaver' and status = 'open'",
  );
  return open.length;
}

async function assertEnding(firm: Firm, run: StoredRun, ending: Ending, size: number): Promise<void> {
  const issues = await issuesOf(firm, run);
  switch (ending.kind) {
    case "well":
      assert.equal(run.verdict, "in_order");
      assert.deepEqual(run.counts, { ...emptyCounts(), fetched: size, unchanged: size });
      return assert.deepEqual(issues, []);
    case "failed":
      assert.deepEqual([run.verdict, run.errorCode], ["failed", "LIANTIS_UNAVAILABLE"]);
      return assertRunIssue(issues, "LIANTIS_UNAVAILABLE");
    case "incomplete":
      assert.deepEqual([run.verdict, run.errorCode, run.listing], ["incomplete", "LISTING_INCOMPLETE", 2]);
      return assertRunIssue(issues, "LISTING_INCOMPLETE");
    case "held": {
      assert.deepEqual([run.verdict, run.errorCode], ["held", "SOURCE_LOOKS_WRONG"]);
      const [hold] = await firm.rows<{ codes: string[] }>(
        `select array(select distinct r ->> 'code' from jsonb_array_elements(reasons) r) as codes
         from holds where customer_id = $1 and status = 'open'`,
      );
      assert.deepEqual(hold?.codes, [ending.reason]);
      return assertRunIssue(issues, "SOURCE_LOOKS_WRONG");
    }
    case "issues":
      assert.equal(run.verdict, "needs_attention");
      assert.deepEqual(run.counts, { ...emptyCounts(), fetched: size, unchanged: size });
      return assert.equal(new Set(issues.map((issue) => issue.worker_id)).size, ending.people);
    case "absent": {
      const { people, strangers } = ending;
      const unchanged = size - people;
      assert.equal(run.verdict, strangers > 0 ? "needs_attention" : "in_order");
      const counts = { fetched: unchanged + strangers, unchanged, failed: strangers, absent: people };
      assert.deepEqual(run.counts, { ...emptyCounts(), ...counts });
      return assert.deepEqual(
        issues.map((issue) => issue.code),
        Array.from({ length: strangers }, () => "EMAIL_USED_BY_OTHER_CUSTOMER"),
      );
    }
  }
}

function assertRunIssue(issues: Awaited<ReturnType<typeof issuesOf>>, code: string): void {
  assert.deepEqual(issues, [{ code, worker_id: "", contract_id: "" }]);
}
