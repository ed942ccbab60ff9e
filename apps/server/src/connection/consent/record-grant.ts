import { newId } from "../../postgres/ids.ts";
import { tenantTransaction, type TenantTransaction } from "../../postgres/transaction.ts";
import { cancelOpenRuns } from "../../runs/cancel-run.sql.ts";
import type { ActivationDeps } from "../activation-deps.ts";
import { recordActivation } from "../audit-activation.ts";
import {
  claimEnterpriseNumber,
  type StoredConnection,
  type ConnectionState,
  lockConnection,
  moveConnection,
  recordActivationError,
} from "../connections.sql.ts";
import { endFormerCompany } from "../former-company.sql.ts";
import { closeNumberIssue } from "../number-issue.ts";
import type { Grant } from "./callback-outcome.ts";
import { consentTextVersion, dataCategories } from "./consent-text.ts";
import {
  type ConsentState,
  endConnectTokens,
  findConnectToken,
  insertConsentReceipt,
} from "./consents.sql.ts";
import { isStateValid } from "./state-validity.ts";

/**
 * Records a grant in one transaction: the receipt, the claim on the number, the connection's next state and the end of its
 * connect links.
 *
 * @returns false when another entity got the number, or company details changed, during the journey
 */
export async function recordGrant(deps: ActivationDeps, state: ConsentState, grant: Grant): Promise<boolean> {
  const { customerId, entityId, enterpriseNumber } = state;
  const now = deps.now().toISOString();
  // All entities: a former company's end closes moves to this entity, and a move is visible only with both its entities.
  return await tenantTransaction(deps.db, { customerId, entityIds: "all" }, "app", async (trx) => {
    const connection = await lockConnection(trx, customerId, entityId, now);
    if (!(await isStateValid(trx, deps, state))) return false;
    if (!(await claimEnterpriseNumber(trx, customerId, entityId, enterpriseNumber, now))) return false;
    await insertReceipt(trx, deps, state, grant);
    await moveAfterGrant(trx, connection, enterpriseNumber, now);
    await endConnectTokens(trx, customerId, entityId, { now, only: "all" });
    await recordActivationError(trx, customerId, entityId, null, now);
    await recordActivation(trx, {
      customerId,
      entityId,
      ...(state.accountId === null
        ? { actorKind: "link", actorId: state.connectTokenId ?? "" }
        : { actorKind: "account", actorId: state.accountId }),
      action: "consent.granted",
      subject: grant.consentId,
      now,
    });
    return true;
  });
}

/**
 * A connection that was active or paused for the same number is active. In every other case the admin chooses the mode:
 * another number is another employer.
 */
function stateAfterGrant(connection: StoredConnection, enterpriseNumber: string): ConnectionState {
  const canResume = connection.mode !== null && connection.enterpriseNumber === enterpriseNumber;
  return canResume && (connection.state === "active" || connection.state === "paused")
    ? "active"
    : "choosing";
}

async function moveAfterGrant(
  trx: TenantTransaction,
  connection: StoredConnection,
  enterpriseNumber: string,
  now: string,
): Promise<void> {
  const { customerId, entityId, state } = connection;
  const nextState = stateAfterGrant(connection, enterpriseNumber);
  if (state === "active" && nextState !== "active") await cancelOpenRuns(trx, customerId, entityId, now);
  const numberBefore = connection.enterpriseNumber;
  if (numberBefore !== null && numberBefore !== enterpriseNumber)
    await endFormerCompany(trx, { customerId, entityId, now });
  else await closeNumberIssue(trx, { customerId, entityId, now });
  // When the mode is chosen again, an earlier confirmed preview must not be carried out.
  const confirming = nextState === "choosing" ? { confirming: null } : {};
  const move = { fromStates: [state], nextState, enterpriseNumber, now, ...confirming };
  const moved = await moveConnection(trx, customerId, entityId, move);
  if (!moved) throw new Error("a locked connection moved");
}

async function insertReceipt(
  trx: TenantTransaction,
  deps: ActivationDeps,
  state: ConsentState,
  grant: Grant,
): Promise<void> {
  const { customerId, entityId, enterpriseNumber, connectTokenId } = state;
  const link = connectTokenId === null ? undefined : await findConnectToken(trx, customerId, connectTokenId);
  const addresseeEmail = link?.addresseeEmail ?? null;
  const now = deps.now();
  await insertConsentReceipt(trx, {
    customerId,
    receiptId: newId(now.getTime()),
    entityId,
    enterpriseNumber,
    consentId: grant.consentId,
    signerSubject: grant.subject,
    signerName: grant.name,
    signerEmail: grant.email,
    signerRole: grant.role ?? "",
    addresseeEmail,
    signerIsAddressee: addresseeEmail === null ? null : addresseeEmail === grant.email,
    dataCategories: [...dataCategories],
    textVersion: consentTextVersion,
    grantedAt: grant.grantedAt,
    recordedAt: now.toISOString(),
  });
}
