import assert from "node:assert/strict";
import { type CallLimit, createOwnCallLimit } from "./call-limit.ts";
import { createClient } from "./client.ts";
import type { CallOptions, Client } from "./client.ts";
import { buildConsentUrl, redeemConsent } from "./consent.ts";
import type { ConsentAsk, ConsentOutcome, ConsentReturn } from "./consent.ts";
import { decodeWorker } from "./decode.ts";
import type { DecodedWorker } from "./decode.ts";
import { createDiscovery, createEndpoints } from "./endpoints.ts";
import type { LiantisEndpoints, LiantisSettings } from "./endpoints.ts";
import { isLiantisFault } from "./faults.ts";
import { createPartnerToken } from "./partner-token.ts";
import { createTransport } from "./transport.ts";
import type { Transport } from "./transport.ts";
import { malformed, readEmployer, readWageCodes, readWorkerPage } from "./wire.ts";
import type { WageCode } from "./wire.ts";

/** The payroll provider, in our words. Every call may throw LiantisFault (faults.ts). Retries beyond a moment are the caller's. */
export interface Liantis {
  findEmployer(enterpriseNumber: string, options?: CallOptions): Promise<EmployerLookup>;
  /** One page of the listing; `cursor` null starts a new one. A page that breaks the contract throws MALFORMED_ANSWER. */
  fetchWorkerPage(enterpriseNumber: string, options: WorkerPageOptions): Promise<WorkerPage>;
  fetchWorker(enterpriseNumber: string, workerId: string, options?: CallOptions): Promise<WorkerLookup>;
  fetchWageCodes(enterpriseNumber: string, options?: CallOptions): Promise<WageCode[]>;
  buildConsentUrl(ask: ConsentAsk): Promise<string>;
  redeemConsent(back: ConsentReturn): Promise<ConsentOutcome>;
  /** Where an HR admin edits this person at MyLiantis. */
  workerPageAddress(enterpriseNumber: string, workerId: string): string;
  /** Whether partner access works; throws the fault if it does not. */
  checkPartnerAccess(): Promise<void>;
  close(): Promise<void>;
}

interface WorkerPageOptions extends CallOptions {
  cursor: string | null;
  /** 1 to 500. */
  limit: number;
}

type EmployerLookup =
  | {
      kind: "found";
      enterpriseNumber: string;
      name: string;
      consent: { status: "none" | "granted" | "revoked"; consentId: string | null; grantedAt: string | null };
    }
  | { kind: "unknown" };

export interface WorkerPage {
  workers: DecodedWorker[];
  nextCursor: string | null;
  /** How many the listing had when it began. */
  total: number;
  /** RFC 3339: when the listing began. */
  snapshotAt: string;
  /** Items on this page, readable or not. */
  itemCount: number;
}

type WorkerLookup = DecodedWorker | { kind: "unknown" };

interface LiantisParts {
  /** What carries the bytes: connections of its own by default, or a provider within this process. */
  transport?: Transport;
  /** When a call may begin; by default a limit of this process alone. */
  callLimit?: CallLimit;
}

/**
 * @throws TypeError for addresses that are no URL or would send secrets over plain http.
 */
export function createLiantis(settings: LiantisSettings, parts: LiantisParts = {}): Liantis {
  const callsAtOnce = settings.callsAtOnce ?? callsAtOnceDefault;
  const { transport = transportOf(settings, callsAtOnce), callLimit = createOwnCallLimit(callsAtOnce) } =
    parts;
  const endpoints = createEndpoints(settings);
  const discovery = createDiscovery(settings, transport);
  const partnerToken = createPartnerToken(discovery);
  const client = createClient(transport, partnerToken, {
    callLimit,
    retryPauseMs: settings.retryPauseMs ?? 300,
  });
  return {
    findEmployer: (n, options) => findEmployer(client, endpoints, n, options),
    fetchWorkerPage: (n, options) => fetchWorkerPage(client, endpoints, n, options),
    fetchWorker: (n, workerId, options) => fetchWorker(client, endpoints, { n, workerId }, options),
    fetchWageCodes: async (n, options) => {
      assertEnterpriseNumber(n);
      return readWageCodes(await client.getJson(endpoints.wageCodes(n), options));
    },
    buildConsentUrl: (ask) => buildConsentUrl(discovery, ask),
    redeemConsent: (back) => redeemConsent(discovery, back),
    workerPageAddress: (n, workerId) => endpoints.workerPage(n, workerId),
    checkPartnerAccess: async () => {
      await partnerToken.get();
    },
    close: () => transport.close(),
  };
}

const callsAtOnceDefault = 8;

function transportOf(settings: LiantisSettings, callsAtOnce: number): Transport {
  return createTransport({
    connectionsMax: callsAtOnce * 2,
    headersTimeoutMs: settings.headersTimeoutMs ?? 30_000,
    bodyTimeoutMs: settings.bodyTimeoutMs ?? 30_000,
    exchangeTimeoutMs: settings.exchangeTimeoutMs ?? 120_000,
    responseBytesMax: 64 * 1024 * 1024,
  });
}

function assertEnterpriseNumber(enterpriseNumber: string): void {
  assert.match(enterpriseNumber, /^[01]\d{9}$/, "an enterprise number is judged before Liantis is asked");
}

async function findEmployer(
  client: Client,
  endpoints: LiantisEndpoints,
  n: string,
  options?: CallOptions,
): Promise<EmployerLookup> {
  assertEnterpriseNumber(n);
  try {
    const employer = readEmployer(await client.getJson(endpoints.employer(n), options));
    if (employer.enterpriseNumber !== n) throw malformed("another employer than the one asked for");
    const { consentStatus: status, consentId, grantedAt } = employer;
    const known = status === "granted" || status === "revoked" ? status : "none";
    return {
      kind: "found",
      enterpriseNumber: n,
      name: employer.name,
      consent: { status: known, consentId, grantedAt },
    };
  } catch (error) {
    if (isLiantisFault(error, "EMPLOYER_NOT_FOUND")) return { kind: "unknown" };
    throw error;
  }
}

async function fetchWorkerPage(
  client: Client,
  endpoints: LiantisEndpoints,
  n: string,
  { cursor, limit, ...options }: WorkerPageOptions,
): Promise<WorkerPage> {
  assertEnterpriseNumber(n);
  const page = readWorkerPage(await client.getJson(endpoints.workers(n, { limit, cursor }), options), cursor);
  return {
    workers: page.items.map(decodeWorker),
    nextCursor: page.nextCursor,
    total: page.total,
    snapshotAt: page.snapshotAt,
    itemCount: page.items.length,
  };
}

async function fetchWorker(
  client: Client,
  endpoints: LiantisEndpoints,
  { n, workerId }: { n: string; workerId: string },
  options?: CallOptions,
): Promise<WorkerLookup> {
  assertEnterpriseNumber(n);
  try {
    const decoded = decodeWorker(await client.getJson(endpoints.worker(n, workerId), options), 0);
    const decodedId = decoded.kind === "worker" ? decoded.record.workerId : decoded.workerId;
    if (decodedId !== null && decodedId !== workerId)
      throw malformed("another worker than the one asked for");
    return decoded;
  } catch (error) {
    if (isLiantisFault(error, "WORKER_NOT_FOUND")) return { kind: "unknown" };
    throw error;
  }
}
