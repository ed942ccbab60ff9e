import { LiantisFault } from "../apps/server/src/liantis/faults.ts";
import type { RawAnswer } from "../apps/server/src/liantis/transport.ts";
import type { Clock } from "./clock.ts";

/** Everything that can go wrong with one page of a listing. */
export const faultKinds = [
  "unavailable_503",
  "server_error_html",
  "maintenance_page_200",
  "slow_down_429",
  "slow_down_429_long",
  "reset",
  "truncated_json",
  "empty_body",
  "empty_listing",
  "empty_page_with_total",
  "ends_too_early",
  "ends_too_early_and_agrees",
  "page_repeated",
  "cursor_loops",
  "row_twice",
  "row_twice_different",
  "total_higher",
  "total_lower",
  "total_moves",
  "cursor_expired",
  "cursor_gone",
  "consent_revoked",
  "token_refused_once",
  "credential_refused",
  "employer_unknown",
  "envelope_broken",
  "record_garbage",
  "record_without_id",
  "record_contracts_broken",
  "field_null_everywhere",
  "field_missing_everywhere",
  "field_blank_everywhere",
  "field_wrong_type_everywhere",
  "field_null_once",
  "field_wrong_type_once",
  "contracts_gone_everywhere",
  "unknown_fields",
  "unknown_member",
  "slow",
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface ArmedFault {
  kind: FaultKind;
  /** Spares the pages before this one. */
  place: number;
  /** Requests that are still hit. */
  times: number;
  /** Which field or record it hits: any whole number. */
  aim: number;
}

interface Body {
  items: unknown[];
  nextCursor: string | null;
  total: number;
  snapshotAt: string;
}

interface Around {
  clock: Clock;
  cursor: string | null;
}

const personFields = ["firstName", "lastName", "email", "language", "employmentStartDate", "employeeNumber"];
const contractFields = [
  "statute",
  "wageType",
  "grossAmount",
  "startDate",
  "endDate",
  "weeklyHours",
  "workRegimePercentage",
  "employerSocialSecurityPercentage",
];

/** What comes instead of the page; null when it is the page itself, spoiled in place. */
export function spoil(fault: ArmedFault, page: Body, around: Around): RawAnswer | LiantisFault | null {
  const { kind, aim } = fault;
  const instead = insteads[kind]?.({ aim, page, clock: around.clock }) ?? null;
  if (instead !== null) return instead;
  spoiledPages[kind]?.({ page, aim, cursor: around.cursor });
  spoilRecords(fault, page);
  return null;
}

type Instead = (at: { aim: number; page: Body; clock: Clock }) => RawAnswer | LiantisFault | null;

const expired: Instead = () => problemOf(410, "cursor-expired");
const refused: Instead = () => problemOf(401, "invalid-token");

/** What is not a page at all. */
const insteads: Partial<Record<FaultKind, Instead>> = {
  unavailable_503: () => problemOf(503, "unavailable"),
  server_error_html: () => answerOf(502, "text/html", "<h1>Bad gateway</h1>"),
  maintenance_page_200: () => answerOf(200, "text/html", "<h1>Back soon</h1>"),
  slow_down_429: ({ aim }) => problemOf(429, "rate-limited", aim % 2 === 0 ? "0" : "30"),
  slow_down_429_long: () => problemOf(429, "rate-limited", "999999999"),
  reset: () => new LiantisFault("UNAVAILABLE", "Liantis could not be reached"),
  truncated_json: ({ aim, page }) =>
    answerOf(200, "application/json", JSON.stringify(page).slice(0, -1 - (aim % 40))),
  empty_body: () => answerOf(200, "application/json", ""),
  cursor_expired: expired,
  cursor_gone: expired,
  consent_revoked: () => problemOf(403, "consent-revoked"),
  token_refused_once: refused,
  credential_refused: refused,
  employer_unknown: () => problemOf(404, "employer-not-found"),
  envelope_broken: ({ aim, page }) => answerOf(200, "application/json", JSON.stringify(broken(page, aim))),
  slow: ({ aim, clock }) => {
    clock.move((1 + (aim % 15)) * 60_000);
    return null;
  },
};

function problemOf(status: number, type: string, retryAfter?: string): RawAnswer {
  return answerOf(status, "application/problem+json", JSON.stringify({ type, status }), retryAfter);
}

function broken(page: Body, aim: number): unknown {
  const wrong = [
    { ...page, items: {} },
    { ...page, total: -1 },
    { ...page, total: "3" },
    { ...page, snapshotAt: null },
    { ...page, nextCursor: 5 },
    [page],
  ];
  return wrong[aim % wrong.length];
}

type SpoilPage = (at: { page: Body; aim: number; cursor: string | null }) => void;

/** What is a page, and not the one that it should be. */
const spoiledPages: Partial<Record<FaultKind, SpoilPage>> = {
  empty_listing: ({ page }) => {
    Object.assign(page, { items: [], nextCursor: null, total: 0 });
  },
  empty_page_with_total: ({ page }) => {
    page.items = [];
  },
  ends_too_early: ({ page, aim }) => {
    page.nextCursor = null;
    page.items = page.items.slice(0, Math.max(1, aim % (page.items.length + 1)));
  },
  ends_too_early_and_agrees: ({ page, aim, cursor }) => {
    page.items = page.items.slice(0, aim % (page.items.length + 1));
    if (cursor === null) Object.assign(page, { nextCursor: null, total: page.items.length });
  },
  page_repeated: ({ page }) => {
    page.items = [...page.items, ...page.items];
  },
  cursor_loops: ({ page, cursor }) => {
    if (cursor !== null) page.nextCursor = cursor;
  },
  row_twice: ({ page }) => {
    page.items = [...page.items, ...page.items.slice(0, 1)];
  },
  row_twice_different: ({ page }) => {
    const [first] = page.items;
    if (first !== undefined) page.items = [...page.items, { ...object(first), lastName: "Twice" }];
  },
  total_higher: ({ page, aim }) => {
    page.total += 1 + (aim % 3);
  },
  total_lower: ({ page, aim }) => {
    page.total = Math.max(0, page.total - 1 - (aim % 3));
  },
  total_moves: ({ page, cursor }) => {
    if (cursor !== null) page.total += 1;
  },
};

type SpoilRecord = (item: unknown, at: { aim: number; field: string }) => unknown;

/** What is wrong with one record of a page. */
const spoiledOnce: Partial<Record<FaultKind, SpoilRecord>> = {
  record_garbage: (_, { aim }) => [null, "worker", 7, []][aim % 4],
  record_without_id: (item, { aim }) => ({ ...object(item), workerId: [null, "", 7, " x "][aim % 4] }),
  record_contracts_broken: (item, { aim }) => ({
    ...object(item),
    wageContracts: [null, {}, [null], [{ contractId: "" }]][aim % 4],
  }),
  field_null_once: (item, { field }) => withField(item, field, () => null),
  field_wrong_type_once: (item, { field }) => withField(item, field, () => ({ value: 1 })),
  unknown_member: (item, { aim }) =>
    withField(item, aim % 2 === 0 ? "statute" : "wageType", () => "APPRENTICE"),
};

/** What is wrong with every record of a page. */
const spoiledEverywhere: Partial<Record<FaultKind, SpoilRecord>> = {
  field_null_everywhere: (item, { field }) => withField(item, field, () => null),
  field_missing_everywhere: (item, { field }) => withField(item, field, () => undefined),
  field_blank_everywhere: (item, { field }) => withField(item, field, () => "  "),
  field_wrong_type_everywhere: (item, { field }) => withField(item, field, () => 12.5),
  contracts_gone_everywhere: (item) => ({ ...object(item), wageContracts: [] }),
  unknown_fields: (item) => ({ ...object(item), shoeSize: 43 }),
};

function spoilRecords({ kind, aim }: ArmedFault, page: Body): void {
  const fields = [...personFields, ...contractFields];
  const at = { aim, field: fields[aim % fields.length] ?? "email" };
  const aimedAt = page.items.length === 0 ? 0 : aim % page.items.length;
  page.items = page.items.map((item, index) => {
    const change = spoiledEverywhere[kind] ?? (index === aimedAt ? spoiledOnce[kind] : undefined);
    return change === undefined ? item : change(item, at);
  });
}

/** The worker with one of its fields, or that field of all its contracts, replaced; `undefined` leaves the key out. */
function withField(item: unknown, field: string, change: () => unknown): unknown {
  const worker = object(item);
  if (personFields.includes(field)) return { ...worker, [field]: change() };
  const contracts = Array.isArray(worker["wageContracts"]) ? worker["wageContracts"] : [];
  return { ...worker, wageContracts: contracts.map((one) => ({ ...object(one), [field]: change() })) };
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function answerOf(status: number, mediaType: string, text: string, retryAfter?: string): RawAnswer {
  const headers = new Headers({ "content-type": mediaType });
  if (retryAfter !== undefined) headers.set("retry-after", retryAfter);
  return { status, headers, body: new TextEncoder().encode(text) };
}
