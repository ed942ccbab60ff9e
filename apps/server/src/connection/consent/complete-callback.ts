import { hashToken } from "../../access/token.ts";
import type { ConsentOutcome } from "../../liantis/consent.ts";
import { errorCodeOf } from "../../liantis/faults.ts";
import { newId } from "../../postgres/ids.ts";
import { unseal } from "../../postgres/sealing.ts";
import {
  strangerTransaction,
  tenantTransaction,
  type TenantTransaction,
} from "../../postgres/transaction.ts";
import type { ActivationDeps } from "../activation-deps.ts";
import { lockConnection, recordActivationError } from "../connections.sql.ts";
import { type CallbackEnd, type CallbackResult, judgeOutcome } from "./callback-outcome.ts";
import { redirectUriOf, verifierPlace } from "./consent-state.ts";
import { type ConsentState, findConsentState, findStateTenant, useConsentState } from "./consents.sql.ts";
import { recordGrant } from "./record-grant.ts";
import { isStateValid } from "./state-validity.ts";

export interface CallbackRequest {
  /** The query of the redirect from Liantis. */
  query: URLSearchParams;
  /** The session the browser is signed in with, if any. */
  session: CallbackSession | null;
  /** Hash of the browser's transaction cookie, if it has one. */
  transactionHash: Buffer | null;
}

export interface CallbackSession {
  /** Hash of the session's token. */
  hash: Buffer;
  /** Whether its account still administers this entity. */
  covers: (customerId: string, entityId: string) => boolean;
}

/**
 * Ends a consent journey. The state is used up first: it is valid once, within ten minutes, in the browser that started the
 * journey, while company details have the same number. A failure is also stored with the connection.
 */
export async function completeCallback(deps: ActivationDeps, request: CallbackRequest): Promise<CallbackEnd> {
  const taken = await takeState(deps, request);
  if (taken.kind === "mismatch") {
    // A signed-in browser returns to the app; any other one came by a connect link.
    const destination = taken.destination ?? (request.session === null ? "link" : "app");
    return { destination, entityId: taken.entityId, outcome: "CONSENT_STATE_MISMATCH" };
  }
  const { state } = taken;
  const result = await redeem(deps, state, request.query);
  const { customerId, entityId } = state;
  if (result.outcome !== "granted") {
    const { outcome, ...params } = result;
    await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", (trx) =>
      recordOutcome(trx, deps, state, outcome, params),
    );
  }
  return { destination: state.connectTokenId === null ? "app" : "link", entityId, ...result };
}

type Taken =
  | { kind: "taken"; state: ConsentState }
  | { kind: "mismatch"; entityId: string | null; destination: CallbackEnd["destination"] | null };

/** Uses the state up, or reports a mismatch. A browser that did not start the journey gets no entity with it. */
async function takeState(deps: ActivationDeps, request: CallbackRequest): Promise<Taken> {
  const [text, more] = request.query.getAll("state");
  if (text === undefined || more !== undefined)
    return { kind: "mismatch", entityId: null, destination: null };
  const tenant = await strangerTransaction(deps.db, (trx) =>
    findStateTenant(trx, hashToken("consent-state", text)),
  );
  if (tenant === undefined) return { kind: "mismatch", entityId: null, destination: null };
  const { customerId, entityId, rowId } = tenant;
  return await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
    const now = deps.now().toISOString();
    const state = await findConsentState(trx, customerId, rowId);
    if (state === undefined) return { kind: "mismatch", entityId: null, destination: null };
    const bindingHash = bindingOf(request, state);
    const used =
      bindingHash !== null && (await useConsentState(trx, customerId, rowId, { bindingHash, now }));
    if (used && (await isStateValid(trx, deps, state))) return { kind: "taken", state };
    // After back or reload the state is used already: the stored outcome stays.
    if (state.usedAt === null) await recordOutcome(trx, deps, state, "CONSENT_STATE_MISMATCH");
    if (bindingHash?.equals(state.bindingHash) !== true)
      return { kind: "mismatch", entityId: null, destination: null };
    return { kind: "mismatch", entityId, destination: state.connectTokenId === null ? "app" : "link" };
  });
}

/**
 * What the browser proves itself with. A state that an account started counts only with a live session that still administers the
 * entity; one of a connect link only with the transaction cookie.
 */
function bindingOf(
  { session, transactionHash }: CallbackRequest,
  { accountId, customerId, entityId }: ConsentState,
): Buffer | null {
  if (accountId === null) return transactionHash;
  return session?.covers(customerId, entityId) === true ? session.hash : null;
}

async function redeem(
  deps: ActivationDeps,
  state: ConsentState,
  query: URLSearchParams,
): Promise<CallbackResult> {
  try {
    const result = judgeOutcome(await askLiantis(deps, state, query), state.enterpriseNumber);
    if (result.kind === "ended") {
      return result.result.outcome === "INTERNAL" ? withReference(deps, state, null) : result.result;
    }
    const recorded = await recordGrant(deps, state, result.grant);
    return recorded ? { outcome: "granted" } : withReference(deps, state, null);
  } catch (error) {
    return withReference(deps, state, error);
  }
}

async function askLiantis(
  deps: ActivationDeps,
  state: ConsentState,
  query: URLSearchParams,
): Promise<ConsentOutcome> {
  const redirectUri = redirectUriOf(deps);
  const currentUrl = new URL(redirectUri);
  currentUrl.search = query.toString();
  return await deps.liantis.redeemConsent({
    currentUrl,
    redirectUri,
    // The hash of this text was found, so it is the state that was made.
    state: query.get("state") ?? "",
    nonce: state.nonce,
    codeVerifier: unseal(
      deps.keyRing,
      verifierPlace(state.customerId, state.stateId),
      state.codeVerifierSealed,
    ),
  });
}

/** A failure that the person cannot solve: support finds it by the reference. Only codes are logged, no texts. */
function withReference(deps: ActivationDeps, state: ConsentState, cause: unknown): CallbackResult {
  const reference = newId(deps.now().getTime());
  const { customerId, entityId } = state;
  deps.logger.error(
    { reference, customerId, entityId, codes: codesOf(cause) },
    "activation ended with an internal error",
  );
  return { outcome: "INTERNAL", reference };
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let link = error; link instanceof Error && codes.length < 6; link = link.cause)
    codes.push(errorCodeOf(link) ?? link.name);
  return codes;
}

async function recordOutcome(
  trx: TenantTransaction,
  deps: ActivationDeps,
  { customerId, entityId }: ConsentState,
  code: string,
  params: Record<string, string> = {},
): Promise<void> {
  const now = deps.now().toISOString();
  await lockConnection(trx, customerId, entityId, now);
  await recordActivationError(trx, customerId, entityId, { code, occurredAt: now, params }, now);
}
