import * as oidc from "openid-client";
import { isLoopbackHost } from "../domain/values/loopback.ts";
import { findFault, LiantisFault } from "./faults.ts";
import type { Transport } from "./transport.ts";

/** The addresses of the provider, and our credential. */
export interface LiantisSettings {
  apiUrl: string;
  issuerUrl: string;
  /** The website that people are sent to. */
  myLiantisUrl: string;
  clientId: string;
  clientSecret: string;
  /** Calls under way at once (8): of this process, or of all where they share the limit. */
  callsAtOnce?: number;
  /** First pause before a quick retry, in milliseconds (300). */
  retryPauseMs?: number;
  headersTimeoutMs?: number;
  bodyTimeoutMs?: number;
  exchangeTimeoutMs?: number;
}

/** Addresses of the partner API and of MyLiantis. Everything in a path is encoded. */
export interface LiantisEndpoints {
  employer(enterpriseNumber: string): string;
  workers(enterpriseNumber: string, query: { limit: number; cursor: string | null }): string;
  worker(enterpriseNumber: string, workerId: string): string;
  wageCodes(enterpriseNumber: string): string;
  workerPage(enterpriseNumber: string, workerId: string): string;
}

/** @throws TypeError when an address is no URL, or is plain http on anything but this machine itself. */
export function createEndpoints(settings: LiantisSettings): LiantisEndpoints {
  const api = baseOf(settings.apiUrl, "LIANTIS_API_URL");
  const site = baseOf(settings.myLiantisUrl, "MYLIANTIS_URL");
  const employer = (n: string) => `${api}/v1/employers/${encodeURIComponent(n)}`;
  return {
    employer,
    workers: (n, { limit, cursor }) => {
      const query = new URLSearchParams({ limit: String(limit) });
      if (cursor !== null) query.set("cursor", cursor);
      return `${employer(n)}/workers?${query.toString()}`;
    },
    worker: (n, workerId) => `${employer(n)}/workers/${encodeSegment(workerId)}`,
    wageCodes: (n) => `${employer(n)}/wage-codes`,
    workerPage: (n, workerId) =>
      `${site}/employers/${encodeURIComponent(n)}/workers/${encodeSegment(workerId)}`,
  };
}

/** The provider's OpenID metadata, cached for ten minutes. One discovery is under way at a time. */
export interface Discovery {
  find(): Promise<oidc.Configuration>;
  /** The cached metadata with freshly read keys, so that a rotated key is found at once. */
  findFresh(): Promise<oidc.Configuration>;
}

export function createDiscovery(settings: LiantisSettings, transport: Transport): Discovery {
  const base = baseOf(settings.issuerUrl, "LIANTIS_ISSUER_URL");
  let known: { configuration: oidc.Configuration; foundAt: number } | null = null;
  let underway: Promise<oidc.Configuration> | null = null;

  const find = async (): Promise<oidc.Configuration> => {
    if (known !== null && Date.now() - known.foundAt < metadataMaxAgeMs) return known.configuration;
    underway ??= discover(settings, base, transport).finally(() => {
      underway = null;
    });
    const configuration = await underway;
    known = { configuration, foundAt: Date.now() };
    return configuration;
  };
  return {
    find,
    findFresh: async () => {
      const metadata = (await find()).serverMetadata();
      return prepare(
        new oidc.Configuration(metadata, settings.clientId, {}, authentication(settings)),
        transport,
        base,
      );
    },
  };
}

const metadataMaxAgeMs = 600_000;

function baseOf(address: string, setting: string): string {
  if (!URL.canParse(address)) throw new TypeError(`${setting} is not a URL`);
  const url = new URL(address);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopbackHost(url.hostname))) {
    throw new TypeError(`${setting} must be https (plain http is for this machine only)`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** A path segment of dots would climb up the address, encoded or not. */
function encodeSegment(value: string): string {
  if (/^\.{1,2}$/.test(value)) throw new TypeError("A worker id of dots cannot be part of an address");
  return encodeURIComponent(value);
}

function authentication(settings: LiantisSettings): oidc.ClientAuth {
  return oidc.ClientSecretBasic(settings.clientSecret);
}

async function discover(
  settings: LiantisSettings,
  base: string,
  transport: Transport,
): Promise<oidc.Configuration> {
  try {
    const configuration = await oidc.discovery(
      new URL(base),
      settings.clientId,
      {},
      authentication(settings),
      {
        [oidc.customFetch]: fetchThrough(transport),
        execute: insecureOnLoopback(base),
      },
    );
    return prepare(configuration, transport, base);
  } catch (error) {
    throw (
      findFault(error) ??
      new LiantisFault("UNAVAILABLE", "Liantis' OpenID metadata could not be read", { cause: error })
    );
  }
}

function prepare(configuration: oidc.Configuration, transport: Transport, base: string): oidc.Configuration {
  configuration[oidc.customFetch] = fetchThrough(transport);
  for (const apply of insecureOnLoopback(base)) apply(configuration);
  // Without this the signature of an ID token that came over TLS would not be looked at.
  oidc.enableNonRepudiationChecks(configuration);
  return configuration;
}

function insecureOnLoopback(base: string): ((configuration: oidc.Configuration) => void)[] {
  return new URL(base).protocol === "http:" ? [oidc.allowInsecureRequests] : [];
}

function fetchThrough(transport: Transport): oidc.CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    const answer = await transport.exchange({ method, url, headers, ...formBody(body), signal });
    const empty = answer.status === 204 || answer.status === 304;
    return new Response(empty ? null : answer.body, { status: answer.status, headers: answer.headers });
  };
}

/** OpenID requests have a form as body or none. */
function formBody(body: oidc.FetchBody): { body?: string } {
  if (body instanceof URLSearchParams) return { body: body.toString() };
  return typeof body === "string" ? { body } : {};
}
