import { hashToken, newToken } from "../../access/token.ts";
import { newId } from "../../postgres/ids.ts";
import { seal, type SealedPlace } from "../../postgres/sealing.ts";
import { tenantTransaction } from "../../postgres/transaction.ts";
import type { ActivationDeps } from "../activation-deps.ts";
import { problemOfFault } from "../provider-problem.ts";
import { insertConsentState } from "./consents.sql.ts";

export interface JourneyStart {
  customerId: string;
  entityId: string;
  enterpriseNumber: string;
  /** Hash of the token that the browser must come back with: its session's or its transaction cookie's. */
  bindingHash: Buffer;
  connectTokenId: string | null;
  accountId: string | null;
}

/** A consent journey must end within this time. */
export const journeyMinutes = 10;

/**
 * Starts a consent journey, from here to Liantis and back: a one-time state bound to the browser, the entity and the number,
 * with a PKCE verifier that only the server can read.
 *
 * @returns the issuer's address to send the browser to
 * @throws Problem LIANTIS_UNAVAILABLE or INTERNAL when the issuer cannot be found
 */
export async function startJourney(
  deps: ActivationDeps,
  start: JourneyStart,
): Promise<{ url: string; expiresAt: string }> {
  const { customerId, entityId, enterpriseNumber } = start;
  const now = deps.now();
  const secrets = { state: newToken(), nonce: newToken(), codeVerifier: newToken() };
  const url = await consentUrl(deps, { enterpriseNumber, ...secrets });
  const stateId = newId(now.getTime());
  const expiresAt = new Date(now.getTime() + journeyMinutes * 60_000).toISOString();
  const row = {
    customerId,
    stateId,
    entityId,
    stateHash: hashToken("consent-state", secrets.state),
    bindingHash: start.bindingHash,
    enterpriseNumber,
    nonce: secrets.nonce,
    codeVerifierSealed: seal(deps.keyRing, verifierPlace(customerId, stateId), secrets.codeVerifier),
    connectTokenId: start.connectTokenId,
    accountId: start.accountId,
    expiresAt,
  };
  await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", (trx) =>
    insertConsentState(trx, row, now.toISOString()),
  );
  return { url, expiresAt };
}

/** The redirect address. It is registered at Liantis, so it must not change. */
export function redirectUriOf(deps: ActivationDeps): string {
  return `${deps.publicUrl}/api/v1/liantis/callback`;
}

/** Where a sealed PKCE verifier is stored. */
export function verifierPlace(customerId: string, stateId: string): SealedPlace {
  return { customerId, table: "consent_states", column: "code_verifier_sealed", rowId: stateId };
}

async function consentUrl(
  deps: ActivationDeps,
  ask: { enterpriseNumber: string; state: string; nonce: string; codeVerifier: string },
): Promise<string> {
  try {
    return await deps.liantis.buildConsentUrl({ ...ask, redirectUri: redirectUriOf(deps) });
  } catch (error) {
    throw problemOfFault(error);
  }
}
