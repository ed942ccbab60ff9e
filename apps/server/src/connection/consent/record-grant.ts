import {
  claimEnterpriseNumber,
  type Connection,
  type ConnectionState,
  lockConnection,
  moveConnection,
  recordActivationError,
} from "../connections.sql.ts";
import {
  type ConsentState,
  endConnectTokens,
  findConnectToken,
  insertConsentReceipt,
} from "./consents.sql.ts";
import { endFormerCompany } from "../former-company.sql.ts";
import { newId } from "../../postgres/ids.ts";
import { cancelOpenRuns } from "../../runs/cancel-run.sql.ts";
import { tenantTransaction, type TenantTransaction } from "../../postgres/transaction.ts";
import { closeNumberIssue } from "../number-issue.ts";
import type { ActivationDeps } from "../activation-deps.ts";
import { recordAct } from "../audit-activation.ts";
import type { Grant } from "./callback-outcome.ts";
import { consentTextVersion, dataCategories } from "./consent-text.ts";
import { stillStands } from "./state-validity.ts";

/**
 * Keeps what a main user granted: the receipt, the claim on the number, the state of the connection and the end of its
 * links, all or nothing.
 *
 * @returns false when the number went to another entity, or company details changed, while the person was at Liantis
 */
export async function recordGrant(deps: ActivationDeps, state: ConsentState, grant: Grant): Promise<boolean> {
  const { customerId, entityId, enterpriseNumber } = state;
  const at = deps.now().toISOString();
  // Every entity: a move to this one, which ends with a former company, is only seen by whoever may enter both.
  return await tenantTransaction(deps.db, { customerId, entityIds: "all" }, "app", async (trx) => {
    const connection = await lockConnection(trx, customerId, entityId, at);
    if (!(await stillStands(trx, deps, state))) return false;
    if (!(await claimEnterpriseNumber(trx, customerId, entityId, enterpriseNumber, at))) return false;
    await insertReceipt(trx, deps, state, grant);
    await moveAfterGrant(trx, connection, enterpriseNumber, at);
    await endConnectTokens(trx, customerId, entityId, { at, only: "all" });
    await recordActivationError(trx, customerId, entityId, null, at);
    await recordAct(trx, deps, {
      customerId,
      entityId,
      ...(state.accountId === null
        ? { actorKind: "link", actorId: state.connectTokenId ?? "" }
        : { actorKind: "account", actorId: state.accountId }),
      action: "consent.granted",
      subject: grant.consentId,
      at,
    });
    return true;
  });
}

/**
 * Where a grant leads. A connection that worked or paused for the same number goes on; everything else waits for a choice:
 * another number is another employer.
 */
function stateAfterGrant(connection: Connection, enterpriseNumber: string): ConnectionState {
  const goesOn = connection.mode !== null && connection.enterpriseNumber === enterpriseNumber;
  return goesOn && (connection.state === "active" || connection.state === "paused") ? "active" : "choosing";
}

async function moveAfterGrant(
  trx: TenantTransaction,
  connection: Connection,
  enterpriseNumber: string,
  at: string,
): Promise<void> {
  const { customerId, entityId, state } = connection;
  const to = stateAfterGrant(connection, enterpriseNumber);
  if (state === "active" && to !== "active") await cancelOpenRuns(trx, customerId, entityId, at);
  const before = connection.enterpriseNumber;
  if (before !== null && before !== enterpriseNumber)
    await endFormerCompany(trx, { customerId, entityId, at });
  else await closeNumberIssue(trx, { customerId, entityId, at });
  // Where everything is to be chosen again, nothing that was confirmed before waits any more.
  const confirming = to === "choosing" ? { confirming: null } : {};
  const move = { from: [state], to, enterpriseNumber, at, ...confirming };
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
