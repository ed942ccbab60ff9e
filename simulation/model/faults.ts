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

/** The bytes of an answer. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
}

export class ConnectionReset extends Error {
  override readonly name = "ConnectionReset";
}

export interface ArmedFault {
  kind: FaultKind;
  /** The first page that it spoils. */
  place: number;
  /** Requests that it still spoils. */
  times: number;
  /** Any whole number: it selects the field or record to spoil. */
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

/** @returns the answer sent instead of the page; null when the page itself is sent, spoiled in place */
export function spoil(
  { kind, aim }: ArmedFault,
  page: Body,
  around: Around,
): RawAnswer | ConnectionReset | null {
  const answer = instead[kind]?.(page, aim, around);
  if (answer !== undefined) return answer;
  Object.assign(page, spoilPage[kind]?.(page, aim, around));
  const [one, all] = [spoilOne[kind], spoilAll[kind]];
  const place = page.items.length === 0 ? 0 : aim % page.items.length;
  if (one)
    Object.assign(page, {
      items: page.items.map((item, index) => (index === place ? one(item, aim) : item)),
    });
  if (all) Object.assign(page, { items: page.items.map((item) => all(item, aim)) });
  return null;
}

type Spoil<Answer> = (page: Body, aim: number, around: Around) => Answer;

/** Answers sent instead of the page. */
const instead: Partial<Record<FaultKind, Spoil<RawAnswer | ConnectionReset>>> = {
  unavailable_503: () => problemOf(503, "unavailable"),
  server_error_html: () => answerOf(502, "text/html", "<h1>Bad gateway</h1>"),
  maintenance_page_200: () => answerOf(200, "text/html", "<h1>Back soon</h1>"),
  slow_down_429: (_page, aim) => problemOf(429, "rate-limited", aim % 2 === 0 ? "0" : "30"),
  slow_down_429_long: () => problemOf(429, "rate-limited", "999999999"),
  reset: () => new ConnectionReset("the connection was reset"),
  truncated_json: (page, aim) =>
    answerOf(200, "application/json", JSON.stringify(page).slice(0, -1 - (aim % 40))),
  empty_body: () => answerOf(200, "application/json", ""),
  cursor_expired: () => problemOf(410, "cursor-expired"),
  cursor_gone: () => problemOf(410, "cursor-expired"),
  consent_revoked: () => problemOf(403, "consent-revoked"),
  token_refused_once: () => problemOf(401, "invalid-token"),
  credential_refused: () => problemOf(401, "invalid-token"),
  employer_unknown: () => problemOf(404, "employer-not-found"),
  envelope_broken: (page, aim) => answerOf(200, "application/json", JSON.stringify(broken(page, aim))),
};

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

/** Faults of the page as a whole. */
const spoilPage: Partial<Record<FaultKind, Spoil<Partial<Body>>>> = {
  slow: (_page, aim, { clock }) => {
    clock.move((1 + (aim % 15)) * 60_000);
    return {};
  },
  empty_listing: () => ({ items: [], nextCursor: null, total: 0 }),
  empty_page_with_total: () => ({ items: [] }),
  ends_too_early: ({ items }, aim) => ({
    nextCursor: null,
    items: items.slice(0, Math.max(1, aim % (items.length + 1))),
  }),
  ends_too_early_and_agrees: (page, aim, { cursor }) => {
    const items = page.items.slice(0, aim % (page.items.length + 1));
    return cursor === null ? { items, nextCursor: null, total: items.length } : { items };
  },
  page_repeated: ({ items }) => ({ items: [...items, ...items] }),
  cursor_loops: ({ nextCursor }, _aim, { cursor }) => ({ nextCursor: cursor ?? nextCursor }),
  row_twice: ({ items }) => ({ items: [...items, ...items.slice(0, 1)] }),
  row_twice_different: ({ items }) => ({
    items: [...items, ...items.slice(0, 1).map((item) => ({ ...object(item), lastName: "Twice" }))],
  }),
  total_higher: ({ total }, aim) => ({ total: total + 1 + (aim % 3) }),
  total_lower: ({ total }, aim) => ({ total: Math.max(0, total - 1 - (aim % 3)) }),
  total_moves: ({ total }, _aim, { cursor }) => ({ total: cursor === null ? total : total + 1 }),
};

type SpoilRecord = (item: unknown, aim: number) => unknown;

/** Faults of one record of the page. */
const spoilOne: Partial<Record<FaultKind, SpoilRecord>> = {
  record_garbage: (_item, aim) => [null, "worker", 7, []][aim % 4],
  record_without_id: (item, aim) => ({ ...object(item), workerId: [null, "", 7, " x "][aim % 4] }),
  record_contracts_broken: (item, aim) => ({
    ...object(item),
    wageContracts: [null, {}, [null], [{ contractId: "" }]][aim % 4],
  }),
  field_null_once: (item, aim) => withField(item, fieldOf(aim), null),
  field_wrong_type_once: (item, aim) => withField(item, fieldOf(aim), { value: 1 }),
  unknown_member: (item, aim) => withField(item, aim % 2 === 0 ? "statute" : "wageType", "APPRENTICE"),
};

/** Faults of every record of the page. */
const spoilAll: Partial<Record<FaultKind, SpoilRecord>> = {
  field_null_everywhere: (item, aim) => withField(item, fieldOf(aim), null),
  field_missing_everywhere: (item, aim) => withField(item, fieldOf(aim), undefined),
  field_blank_everywhere: (item, aim) => withField(item, fieldOf(aim), "  "),
  field_wrong_type_everywhere: (item, aim) => withField(item, fieldOf(aim), 12.5),
  contracts_gone_everywhere: (item) => ({ ...object(item), wageContracts: [] }),
  unknown_fields: (item) => ({ ...object(item), shoeSize: 43 }),
};

function fieldOf(aim: number): string {
  const fields = [...personFields, ...contractFields];
  return fields[aim % fields.length] ?? "email";
}

/** The worker with one of its fields, or that field of all its contracts, replaced; `undefined` leaves the key out. */
function withField(item: unknown, field: string, value: unknown): unknown {
  const worker = object(item);
  if (personFields.includes(field)) return { ...worker, [field]: value };
  const contracts = Array.isArray(worker["wageContracts"]) ? worker["wageContracts"] : [];
  return { ...worker, wageContracts: contracts.map((one) => ({ ...object(one), [field]: value })) };
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function answerOf(status: number, mediaType: string, text: string, retryAfter?: string): RawAnswer {
  const headers = new Headers({ "content-type": mediaType });
  if (retryAfter !== undefined) headers.set("retry-after", retryAfter);
  return { status, headers, body: new TextEncoder().encode(text) };
}

function problemOf(status: number, type: string, retryAfter?: string): RawAnswer {
  return answerOf(status, "application/problem+json", JSON.stringify({ type, status }), retryAfter);
}
