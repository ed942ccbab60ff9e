import type { Answer } from "../partner/answer.ts";
import type { ListedPage, WorkerPage } from "../partner/listing.ts";
import type { FaultKind, FaultedCall, FaultRequest } from "./fault-kind.ts";
import { blankStrings, dropKeys, extraFields, nullFields, typeChange, unknownEnum } from "./worker-damage.ts";

type PageLie = (page: WorkerPage, listed: ListedPage, request: FaultRequest) => unknown;

/** Faults of a page of workers: who is on it, how many there are said to be, and what the records look like. */
export const listingFaults: readonly FaultKind[] = [
  lie("empty-listing", "nobody at all, and total 0: consistent and wrong", (page) => ({
    ...page,
    items: [],
    nextCursor: null,
    total: 0,
  })),
  lie(
    "half-page",
    "half of the page is cut off and the listing ends there; total tells the truth",
    (page) => ({
      ...page,
      items: page.items.slice(0, Math.floor(page.items.length / 2)),
      nextCursor: null,
    }),
  ),
  {
    ...lie(
      "half-listing",
      "the whole listing has half its people, and total agrees (arm it for page one)",
      (_page, listed) => listed.halved(),
    ),
    pages: "first",
  },
  {
    ...lie(
      "repeated-page",
      "the items of the page before once more, instead of this page's (pages after the first)",
      (page, listed) => ({ ...page, items: listed.previousItems() }),
    ),
    pages: "later",
  },
  lie("cursor-loop", "nextCursor leads to the same page again", (page, listed) => ({
    ...page,
    nextCursor: listed.sameCursor(),
  })),
  lie("duplicate-rows", "the first two people of the page are on it twice", (page) => ({
    ...page,
    items: [...page.items, ...page.items.slice(0, 2)],
  })),
  lie("total-too-low", "total is too low by `by`", (page, _listed, request) => ({
    ...page,
    total: Math.max(0, page.total - (request.by ?? 1)),
  })),
  lie("total-too-high", "total is too high by `by`", (page, _listed, request) => ({
    ...page,
    total: page.total + (request.by ?? 1),
  })),
  damage("unknown-enum", "statute, wage type and language have values nobody knows", unknownEnum),
  damage("null-storm", "every field that may be null is null (only `fields`, when given)", nullFields),
  damage("missing-keys", "every key that may be absent is absent (only `fields`, when given)", dropKeys),
  damage("blank-strings", "every text field is empty (only `fields`, when given)", blankStrings),
  damage(
    "type-change",
    "amounts are numbers, employee numbers are numbers, the e-mail address is a list",
    typeChange,
  ),
  damage("extra-fields", "unknown fields on the person and on the contracts", extraFields),
];

function lie(kind: string, description: string, tell: PageLie): FaultKind {
  return {
    kind,
    description,
    reach: "workers",
    apply: (answer, call, request) => onPage(answer, call, (page, listed) => tell(page, listed, request)),
  };
}

function damage(
  kind: string,
  description: string,
  change: (worker: object, fields?: string[]) => object,
): FaultKind {
  return lie(kind, description, (page, _listed, request) => ({
    ...page,
    items: page.items.map((raw) =>
      typeof raw === "object" && raw !== null ? change(raw, request.fields) : raw,
    ),
  }));
}

function onPage(
  answer: Answer,
  call: FaultedCall,
  tell: (page: WorkerPage, listed: ListedPage) => unknown,
): Answer {
  if (call.listed === null || answer.status !== 200) return answer;
  return { ...answer, body: tell(answer.body as WorkerPage, call.listed) };
}
