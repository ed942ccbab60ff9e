import type { Clock } from "./clock.ts";
import { type ArmedFault, ConnectionReset, type FaultKind, type RawAnswer, spoil } from "./faults.ts";
import type { WireWorker } from "./people.ts";

export interface ModelEmployer {
  number: string;
  consent: "granted" | "revoked";
  /** In the order of their ids. */
  workers: Map<string, WireWorker>;
}

export interface WorkerPageBody {
  items: unknown[];
  nextCursor: string | null;
  total: number;
  snapshotAt: string;
}

/** Liantis in memory: it answers the engine's own client with bytes. */
export interface ModelLiantis {
  exchange(ask: { url: string; signal?: AbortSignal | undefined }): Promise<RawAnswer>;
  employers: Map<string, ModelEmployer>;
  /** Faults of the next requests. */
  armed: ArmedFault[];
  /** How often each kind has fired. */
  fired: Map<FaultKind, number>;
  /** The items sent in the newest listing of each employer, in their order. */
  sent: Map<string, unknown[]>;
  /** The total that the newest listing of each employer declared last. */
  declared: Map<string, number>;
  /** Every text that was ever sent about a worker: by employer and worker. */
  sentTexts: Map<string, Set<string>>;
  /** Number of requests about the workers of each employer. */
  calls: Map<string, number>;
  /** Called before a page is made, with its number: the source may change while a run reads it. */
  onPage: ((employer: ModelEmployer, page: number) => void) | null;
}

export const providerAddress = "http://127.0.0.1:1";

export function modelLiantis(clock: Clock): ModelLiantis {
  const listings = new Map<string, { total: number; snapshotAt: string; pages: number }>();
  const model: ModelLiantis = {
    employers: new Map(),
    armed: [],
    fired: new Map(),
    sent: new Map(),
    declared: new Map(),
    sentTexts: new Map(),
    calls: new Map(),
    onPage: null,
    exchange: async ({ url, signal }) => {
      signal?.throwIfAborted();
      return answer(model, listings, clock, new URL(url));
    },
  };
  return model;
}

type Listings = Map<string, { total: number; snapshotAt: string; pages: number }>;

function answer(model: ModelLiantis, listings: Listings, clock: Clock, url: URL): RawAnswer {
  const [, version, employers, number = "", workers, workerId] = url.pathname
    .split("/")
    .map(decodeURIComponent);
  if (url.pathname === "/.well-known/openid-configuration") return json(200, metadata);
  if (url.pathname === "/token")
    return json(200, { access_token: "t", token_type: "Bearer", expires_in: 86_400 });
  if (version !== "v1" || employers !== "employers") return problem(404, "not-found");
  const employer = model.employers.get(number);
  if (employer === undefined) return problem(404, "employer-not-found");
  if (workers === undefined) {
    const consent = { status: employer.consent, consentId: `c-${number}`, grantedAt: "2026-01-01T00:00:00Z" };
    return json(200, { enterpriseNumber: number, name: "Firm", consent });
  }
  model.calls.set(number, (model.calls.get(number) ?? 0) + 1);
  if (employer.consent !== "granted") return problem(403, "consent-revoked");
  if (workers === "wage-codes") return json(200, { items: [] });
  if (workerId !== undefined) {
    const worker = employer.workers.get(workerId);
    if (worker === undefined) return problem(404, "worker-not-found");
    remember(model, number, worker);
    return json(200, worker);
  }
  return page(model, listings, clock, { employer, query: url.searchParams });
}

const cursorLifeMs = 600_000;

function page(
  model: ModelLiantis,
  listings: Listings,
  clock: Clock,
  { employer, query }: { employer: ModelEmployer; query: URLSearchParams },
): RawAnswer {
  const cursor = query.get("cursor");
  const [listingId = `${employer.number}.${listings.size}`, issuedAt, after = ""] = cursor?.split("|") ?? [];
  if (cursor !== null && (clock.now() - Number(issuedAt) > cursorLifeMs || !listings.has(listingId)))
    return problem(410, "cursor-expired");
  const listing = listings.get(listingId) ?? {
    total: employer.workers.size,
    snapshotAt: clock.date().toISOString(),
    pages: 0,
  };
  listings.set(listingId, listing);
  listing.pages += 1;
  model.onPage?.(employer, listing.pages);
  const ids = [...employer.workers.keys()].toSorted().filter((id) => id > after);
  const limit = Number(query.get("limit") ?? "100");
  const items = ids.slice(0, limit).map((id): unknown => structuredClone(employer.workers.get(id)));
  const last = ids.slice(0, limit).at(-1);
  const nextCursor = ids.length > limit ? `${listingId}|${clock.now()}|${last}` : null;
  const body: WorkerPageBody = { items, nextCursor, total: listing.total, snapshotAt: listing.snapshotAt };
  return deliver(model, clock, { employer, cursor, body, place: listing.pages });
}

interface Delivery {
  employer: ModelEmployer;
  cursor: string | null;
  body: WorkerPageBody;
  place: number;
}

/** Sends a page, spoiled by the armed fault if there is one; a page that is sent intact is remembered. */
function deliver(model: ModelLiantis, clock: Clock, { employer, cursor, body, place }: Delivery): RawAnswer {
  const fault = model.armed.find((one) => one.place <= place && one.times > 0);
  if (fault !== undefined) {
    fault.times -= 1;
    model.fired.set(fault.kind, (model.fired.get(fault.kind) ?? 0) + 1);
  }
  const spoiled = fault === undefined ? null : spoil(fault, body, { clock, cursor });
  if (spoiled instanceof ConnectionReset) throw spoiled;
  if (spoiled !== null) return spoiled;
  const sent = cursor === null ? [] : (model.sent.get(employer.number) ?? []);
  model.sent.set(employer.number, [...sent, ...body.items]);
  model.declared.set(employer.number, body.total);
  for (const item of body.items) remember(model, employer.number, item);
  return json(200, body);
}

/** Remembers texts in the forms in which they may be stored: trimmed, and in lower case. */
function remember(model: ModelLiantis, number: string, item: unknown): void {
  if (typeof item !== "object" || item === null || !("workerId" in item)) return;
  const key = `${number} ${String(item.workerId)}`;
  const texts = model.sentTexts.get(key) ?? new Set();
  const collect = (value: unknown): void => {
    if (typeof value === "string") texts.add(value.trim()).add(value.trim().toLowerCase());
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  collect(item);
  model.sentTexts.set(key, texts);
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): RawAnswer {
  return bytes(status, "application/json", JSON.stringify(body), headers);
}

function problem(status: number, type: string, headers: Record<string, string> = {}): RawAnswer {
  return bytes(status, "application/problem+json", JSON.stringify({ type, status }), headers);
}

function bytes(
  status: number,
  mediaType: string,
  text: string,
  headers: Record<string, string> = {},
): RawAnswer {
  const body = new TextEncoder().encode(text);
  return { status, headers: new Headers({ "content-type": mediaType, ...headers }), body };
}

const metadata = {
  issuer: providerAddress,
  token_endpoint: `${providerAddress}/token`,
  authorization_endpoint: `${providerAddress}/authorize`,
  jwks_uri: `${providerAddress}/jwks`,
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
};
