import { hashToken } from "../../access/token.ts";
import { lockConnection, recordActivationError } from "../connections.sql.ts";
import { type ConsentState, findConsentState, findStateTenant, useConsentState } from "./consents.sql.ts";
import { newId } from "../../postgres/ids.ts";
import { unseal } from "../../postgres/sealing.ts";
import {
  strangerTransaction,
  tenantTransaction,
  type TenantTransaction,
} from "../../postgres/transaction.ts";
import type { ConsentOutcome } from "../../liantis/consent.ts";
import { errorCodeOf } from "../../liantis/faults.ts";
import type { ActivationDeps } from "../activation-deps.ts";
import { type CallbackEnd, type CallbackResult, judgeOutcome } from "./callback-outcome.ts";
import { redirectUriOf, verifierPlace } from "./consent-state.ts";
import { recordGrant } from "./record-grant.ts";
import { stillStands } from "./state-validity.ts";

export interface CallbackRequest {
  /** The query that Liantis sent the browser back with. */
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
 * The way back from Liantis. The state is used up before anything else happens: it counts once, within ten minutes, in the
 * browser it was made for, while company details still say the same number. How it ended is also kept with the connection.
 */
export async function completeCallback(deps: ActivationDeps, request: CallbackRequest): Promise<CallbackEnd> {
  const taken = await takeState(deps, request);
  if (taken.kind === "mismatch") {
    // Whoever is signed in goes back to the app; anybody else came by a link.
    const to = taken.to ?? (request.session === null ? "link" : "app");
    return { to, entityId: taken.entityId, outcome: "CONSENT_STATE_MISMATCH" };
  }
  const { state } = taken;
  const result = await redeem(deps, state, request.query);
  const { customerId, entityId } = state;
  if (result.outcome !== "granted") {
    const { outcome, ...params } = result;
    await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", (trx) =>
      remember(trx, deps, state, outcome, params),
    );
  }
  return { to: state.connectTokenId === null ? "app" : "link", entityId, ...result };
}

type Taken =
  | { kind: "taken"; state: ConsentState }
  | { kind: "mismatch"; entityId: string | null; to: CallbackEnd["to"] | null };

/** Uses the state up, or says that it does not belong here. Another browser learns nothing of whose it is. */
async function takeState(deps: ActivationDeps, request: CallbackRequest): Promise<Taken> {
  const [text, more] = request.query.getAll("state");
  if (text === undefined || more !== undefined) return { kind: "mismatch", entityId: null, to: null };
  const tenant = await strangerTransaction(deps.db, (trx) => findStateTenant(trx, hashToken(text)));
  if (tenant === undefined) return { kind: "mismatch", entityId: null, to: null };
  const { customerId, entityId, rowId } = tenant;
  const bindingHashes = bindingsOf(request, customerId, entityId);
  return await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
    const at = deps.now().toISOString();
    const state = await findConsentState(trx, customerId, rowId);
    const used = await useConsentState(trx, customerId, rowId, { bindingHashes, at });
    if (state !== undefined && used && (await stillStands(trx, deps, state))) return { kind: "taken", state };
    // Back and reload bring an answer that was dealt with: how that ended is what counts.
    const replayed = state === undefined || state.usedAt !== null;
    if (!replayed) await remember(trx, deps, state, "CONSENT_STATE_MISMATCH");
    const ownBrowser = state !== undefined && bindingHashes.some((hash) => hash.equals(state.bindingHash));
    if (!ownBrowser) return { kind: "mismatch", entityId: null, to: null };
    return { kind: "mismatch", entityId, to: state.connectTokenId === null ? "app" : "link" };
  });
}

function bindingsOf(
  { session, transactionHash }: CallbackRequest,
  customerId: string,
  entityId: string,
): Buffer[] {
  const sessionHash = session?.covers(customerId, entityId) === true ? session.hash : null;
  return [sessionHash, transactionHash].filter((hash) => hash !== null);
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
    // The hash of the state was found, so the text in the query is the right one.
    state: query.get("state") ?? "",
    nonce: state.nonce,
    codeVerifier: unseal(
      deps.keyRing,
      verifierPlace(state.customerId, state.stateId),
      state.codeVerifierSealed,
    ),
  });
}

/** Something went wrong that the person cannot mend: support finds it by the reference. Only codes are logged, no text. */
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
  for (let at = error; at instanceof Error && codes.length < 6; at = at.cause)
    codes.push(errorCodeOf(at) ?? at.name);
  return codes;
}

async function remember(
  trx: TenantTransaction,
  deps: ActivationDeps,
  { customerId, entityId }: ConsentState,
  code: string,
  params: Record<string, string> = {},
): Promise<void> {
  const at = deps.now().toISOString();
  await lockConnection(trx, customerId, entityId, at);
  await recordActivationError(trx, customerId, entityId, { code, at, params }, at);
}
