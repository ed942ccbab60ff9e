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
  return insteadOf(fault, page, around) ?? spoilPage(fault, page, around) ?? spoilRecords(fault, page);
}

function insteadOf(
  { kind, aim }: ArmedFault,
  page: Body,
  { clock }: Around,
): RawAnswer | LiantisFault | null {
  switch (kind) {
    case "unavailable_503":
      return answerOf(503, "application/problem+json", '{"type":"unavailable","status":503}');
    case "server_error_html":
      return answerOf(502, "text/html", "<h1>Bad gateway</h1>");
    case "maintenance_page_200":
      return answerOf(200, "text/html", "<h1>Back soon</h1>");
    case "slow_down_429":
      return answerOf(429, "application/problem+json", '{"type":"rate-limited"}', aim % 2 === 0 ? "0" : "30");
    case "slow_down_429_long":
      return answerOf(429, "application/problem+json", '{"type":"rate-limited"}', "999999999");
    case "reset":
      return new LiantisFault("UNAVAILABLE", "Liantis could not be reached");
    case "truncated_json":
      return answerOf(200, "application/json", JSON.stringify(page).slice(0, -1 - (aim % 40)));
    case "empty_body":
      return answerOf(200, "application/json", "");
    case "cursor_expired":
    case "cursor_gone":
      return answerOf(410, "application/problem+json", '{"type":"cursor-expired"}');
    case "consent_revoked":
      return answerOf(403, "application/problem+json", '{"type":"consent-revoked"}');
    case "token_refused_once":
    case "credential_refused":
      return answerOf(401, "application/problem+json", '{"type":"invalid-token"}');
    case "employer_unknown":
      return answerOf(404, "application/problem+json", '{"type":"employer-not-found"}');
    case "envelope_broken":
      return answerOf(200, "application/json", JSON.stringify(broken(page, aim)));
    case "slow":
      clock.move((1 + (aim % 15)) * 60_000);
      return null;
    default:
      return null;
  }
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

function spoilPage({ kind, aim }: ArmedFault, page: Body, { cursor }: Around): RawAnswer | null {
  switch (kind) {
    case "empty_listing":
      Object.assign(page, { items: [], nextCursor: null, total: 0 });
      return null;
    case "empty_page_with_total":
      page.items = [];
      return null;
    case "ends_too_early":
      page.nextCursor = null;
      page.items = page.items.slice(0, Math.max(1, aim % (page.items.length + 1)));
      return null;
    case "ends_too_early_and_agrees":
      page.items = page.items.slice(0, aim % (page.items.length + 1));
      if (cursor === null) Object.assign(page, { nextCursor: null, total: page.items.length });
      return null;
    case "page_repeated":
      page.items = [...page.items, ...page.items];
      return null;
    case "cursor_loops":
      if (cursor !== null) page.nextCursor = cursor;
      return null;
    case "row_twice":
      page.items = [...page.items, ...page.items.slice(0, 1)];
      return null;
    case "row_twice_different":
      page.items = [
        ...page.items,
        ...page.items.slice(0, 1).map((item) => ({ ...object(item), lastName: "Twice" })),
      ];
      return null;
    case "total_higher":
      page.total += 1 + (aim % 3);
      return null;
    case "total_lower":
      page.total = Math.max(0, page.total - 1 - (aim % 3));
      return null;
    case "total_moves":
      if (cursor !== null) page.total += 1;
      return null;
    default:
      return null;
  }
}

function spoilRecords({ kind, aim }: ArmedFault, page: Body): null {
  const index = page.items.length === 0 ? 0 : aim % page.items.length;
  const field =
    [...personFields, ...contractFields][aim % (personFields.length + contractFields.length)] ?? "email";
  const once = (change: (item: unknown) => unknown) => {
    page.items = page.items.map((item, at) => (at === index ? change(item) : item));
  };
  const everywhere = (change: (item: unknown) => unknown) => {
    page.items = page.items.map(change);
  };
  switch (kind) {
    case "record_garbage":
      once(() => [null, "worker", 7, []][aim % 4]);
      return null;
    case "record_without_id":
      once((item) => ({ ...object(item), workerId: [null, "", 7, " x "][aim % 4] }));
      return null;
    case "record_contracts_broken":
      once((item) => ({ ...object(item), wageContracts: [null, {}, [null], [{ contractId: "" }]][aim % 4] }));
      return null;
    case "field_null_everywhere":
      everywhere((item) => withField(item, field, () => null));
      return null;
    case "field_missing_everywhere":
      everywhere((item) => withField(item, field, () => undefined));
      return null;
    case "field_blank_everywhere":
      everywhere((item) => withField(item, field, () => "  "));
      return null;
    case "field_wrong_type_everywhere":
      everywhere((item) => withField(item, field, () => 12.5));
      return null;
    case "field_null_once":
      once((item) => withField(item, field, () => null));
      return null;
    case "field_wrong_type_once":
      once((item) => withField(item, field, () => ({ value: 1 })));
      return null;
    case "contracts_gone_everywhere":
      everywhere((item) => ({ ...object(item), wageContracts: [] }));
      return null;
    case "unknown_fields":
      everywhere((item) => ({ ...object(item), shoeSize: 43 }));
      return null;
    case "unknown_member":
      once((item) => withField(item, aim % 2 === 0 ? "statute" : "wageType", () => "APPRENTICE"));
      return null;
    default:
      return null;
  }
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
