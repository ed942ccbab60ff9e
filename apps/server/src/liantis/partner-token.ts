import * as oidc from "openid-client";
import type { Discovery } from "./endpoints.ts";
import { errorCodeOf, findFault, LiantisFault } from "./faults.ts";

/** The bearer token of the partner (client credentials), kept in memory for this process. */
export interface PartnerToken {
  /**
   * A token that does not expire within the next moments. Concurrent callers share one request.
   *
   * @throws LiantisFault PARTNER_AUTH_FAILED when Liantis refuses our credential, UNAVAILABLE or RATE_LIMITED when it
   *   cannot be asked.
   */
  get(): Promise<string>;
  /** Forgets `token` if it is still the current one: Liantis answered 401 to it. */
  forget(token: string): void;
}

export function createPartnerToken(discovery: Discovery): PartnerToken {
  let current: { token: string; usableUntil: number } | null = null;
  let underway: Promise<string> | null = null;

  const fetchOnce = async (): Promise<string> => {
    const granted = await requestToken(discovery);
    current = { token: granted.token, usableUntil: Date.now() + granted.livesMs - marginMs(granted.livesMs) };
    return granted.token;
  };
  return {
    get: () => {
      if (current !== null && Date.now() < current.usableUntil) return Promise.resolve(current.token);
      underway ??= fetchOnce().finally(() => {
        underway = null;
      });
      return underway;
    },
    forget: (token) => {
      if (current?.token === token) current = null;
    },
  };
}

const scope = "employers:read workers:read";
const livesMsDefault = 60_000;

/** A page may take long to answer, so a token that is about to expire is not used. */
function marginMs(livesMs: number): number {
  return Math.min(30_000, livesMs / 2);
}

async function requestToken(discovery: Discovery): Promise<{ token: string; livesMs: number }> {
  const configuration = await discovery.find();
  try {
    const answer = await oidc.clientCredentialsGrant(configuration, { scope });
    return { token: answer.access_token, livesMs: (answer.expires_in ?? livesMsDefault / 1000) * 1000 };
  } catch (error) {
    throw faultOfTokenEndpoint(error);
  }
}

/** What a failure at the token endpoint means, for the partner token and for the redemption of a consent alike. */
export function faultOfTokenEndpoint(error: unknown): LiantisFault {
  const known = findFault(error);
  if (known !== null) return known;
  const status = statusOf(error);
  if (status === 400 || status === 401 || status === 403) {
    return new LiantisFault("PARTNER_AUTH_FAILED", "Liantis refused our partner credential", {
      status,
      cause: error,
    });
  }
  if (errorCodeOf(error) === "OAUTH_INVALID_RESPONSE") {
    return new LiantisFault("MALFORMED_ANSWER", "Liantis' token endpoint broke its contract", {
      cause: error,
    });
  }
  const code = status === 429 ? "RATE_LIMITED" : "UNAVAILABLE";
  return new LiantisFault(code, "Liantis' token endpoint gave no token", {
    ...(status === null ? {} : { status }),
    cause: error,
  });
}

function statusOf(error: unknown): number | null {
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.WWWAuthenticateChallengeError)
    return error.status;
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Response ? cause.status : null;
}
