import type { Answer } from "../partner/answer.ts";
import type { ListedPage, WorkerPage } from "../partner/listing.ts";
import type { FaultKind, FaultedCall, FaultRequest } from "./fault-kind.ts";
import {
  blankStrings,
  dropKeys,
  addUnknownFields,
  nullFields,
  changeTypes,
  useUnknownEnumValues,
} from "./worker-damage.ts";

type PageChange = (page: WorkerPage, listed: ListedPage, request: FaultRequest) => unknown;

/** Faults of a page of workers: its people, its total and its records. */
export const listingFaults: readonly FaultKind[] = [
  pageFault("empty-listing", "no people and total 0: consistent, but wrong", (page) => ({
    ...page,
    items: [],
    nextCursor: null,
    total: 0,
  })),
  pageFault(
    "half-page",
    "half of the page is missing and the listing ends there; total is correct",
    (page) => ({
      ...page,
      items: page.items.slice(0, Math.floor(page.items.length / 2)),
      nextCursor: null,
    }),
  ),
  {
    ...pageFault(
      "half-listing",
      "the whole listing has half of its people, and total agrees (hits page one)",
      (_page, listed) => listed.halved(),
    ),
    pages: "first",
  },
  {
    ...pageFault(
      "repeated-page",
      "the items of the previous page instead of this page's (pages after the first)",
      (page, listed) => ({ ...page, items: listed.previousItems() }),
    ),
    pages: "later",
  },
  pageFault("cursor-loop", "nextCursor leads to the same page again", (page, listed) => ({
    ...page,
    nextCursor: listed.sameCursor(),
  })),
  pageFault("duplicate-rows", "the first two people of the page appear twice", (page) => ({
    ...page,
    items: [...page.items, ...page.items.slice(0, 2)],
  })),
  pageFault("total-too-low", "total is too low, by `difference`", (page, _listed, request) => ({
    ...page,
    total: Math.max(0, page.total - (request.difference ?? 1)),
  })),
  pageFault("total-too-high", "total is too high, by `difference`", (page, _listed, request) => ({
    ...page,
    total: page.total + (request.difference ?? 1),
  })),
  workerFault("unknown-enum", "statute, wage type and language have unknown values", useUnknownEnumValues),
  workerFault("null-storm", "every field that may be null is null (only `fields`, if given)", nullFields),
  workerFault("missing-keys", "every key that may be absent is absent (only `fields`, if given)", dropKeys),
  workerFault("blank-strings", "every text field is empty (only `fields`, if given)", blankStrings),
  workerFault(
    "type-change",
    "amounts and employee numbers are numbers, the e-mail address is a list",
    changeTypes,
  ),
  workerFault("extra-fields", "workers and contracts have unknown fields", addUnknownFields),
];

function pageFault(kind: string, description: string, change: PageChange): FaultKind {
  return {
    kind,
    description,
    reach: "workers",
    apply: (answer, call, request) =>
      changePage(answer, call, (page, listed) => change(page, listed, request)),
  };
}

function workerFault(
  kind: string,
  description: string,
  change: (worker: object, fields?: string[]) => object,
): FaultKind {
  return pageFault(kind, description, (page, _listed, request) => ({
    ...page,
    items: page.items.map((raw) =>
      typeof raw === "object" && raw !== null ? change(raw, request.fields) : raw,
    ),
  }));
}

function changePage(
  answer: Answer,
  call: FaultedCall,
  tell: (page: WorkerPage, listed: ListedPage) => unknown,
): Answer {
  if (call.listed === null || answer.status !== 200) return answer;
  return { ...answer, body: tell(answer.body as WorkerPage, call.listed) };
}
