import { hashToken, newToken } from "../../access/token.ts";
import { newId } from "../../postgres/ids.ts";
import {
  strangerTransaction,
  tenantTransaction,
  type TenantTransaction,
} from "../../postgres/transaction.ts";
import type { ActivationDeps } from "../activation-deps.ts";
import { findActivationFacts } from "../activation-facts.sql.ts";
import { currentNumber } from "../check-company.ts";
import { startJourney } from "./consent-state.ts";
import { type ConnectToken, findConnectToken, findTokenTenant, insertConnectToken } from "./consents.sql.ts";

export interface ConnectLink {
  url: string;
  token: string;
  tokenId: string;
  createdAt: string;
  expiresAt: string;
}

/** Creates a link to the consent step. Only its hash is stored. It ends after 14 days, at a grant, a disable or a new number. */
export async function createConnectLink(
  trx: TenantTransaction,
  deps: Pick<ActivationDeps, "now" | "publicUrl">,
  link: Pick<ConnectToken, "customerId" | "entityId" | "enterpriseNumber" | "addresseeEmail" | "language">,
): Promise<ConnectLink> {
  const now = deps.now();
  const token = newToken();
  const tokenId = newId(now.getTime());
  const createdAt = now.toISOString();
  const expiresAt = new Date(now.getTime() + linkDays * 86_400_000).toISOString();
  await insertConnectToken(trx, {
    ...link,
    tokenId,
    tokenHash: hashToken("connect-link", token),
    createdAt,
    expiresAt,
  });
  return { url: connectUrl(deps.publicUrl, token), token, tokenId, createdAt, expiresAt };
}

function connectUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/connect/${token}`;
}

/** What the page of a link shows: the customer who asks, and the company. */
export interface OpenLink {
  kind: "open";
  link: ConnectToken;
  customerName: string;
  entityName: string;
}

/**
 * The link of a token, if it can still be followed. A link that is unknown, expired or ended, whose customer has no
 * integration any more, or whose number changed or is not confirmed any more: all give the same answer.
 */
export async function readConnectLink(
  deps: ActivationDeps,
  token: string,
): Promise<OpenLink | { kind: "ended" }> {
  if (!tokenPattern.test(token)) return ended;
  const tenant = await strangerTransaction(deps.db, (trx) =>
    findTokenTenant(trx, hashToken("connect-link", token)),
  );
  if (tenant === undefined) return ended;
  const { customerId, entityId, rowId } = tenant;
  return await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
    const link = await findConnectToken(trx, customerId, rowId);
    const facts = await findActivationFacts(trx, customerId, entityId);
    if (link === undefined || facts === undefined) return ended;
    const hasSameNumber =
      currentNumber(facts) === link.enterpriseNumber && facts.confirmedNumber === link.enterpriseNumber;
    const open = link.endedAt === null && Date.parse(link.expiresAt) > deps.now().getTime();
    if (!open || !hasSameNumber || !facts.available) return ended;
    return { kind: "open", link, customerName: facts.customerName, entityName: facts.entityName };
  });
}

/**
 * Follows a link: starts a consent journey that is bound to the browser's transaction cookie.
 *
 * @throws Problem LIANTIS_UNAVAILABLE or INTERNAL
 */
export async function followConnectLink(
  deps: ActivationDeps,
  token: string,
  transactionHash: Buffer,
): Promise<{ kind: "sent"; url: string } | { kind: "ended" }> {
  const read = await readConnectLink(deps, token);
  if (read.kind === "ended") return read;
  const { customerId, entityId, enterpriseNumber, tokenId } = read.link;
  const { url } = await startJourney(deps, {
    customerId,
    entityId,
    enterpriseNumber,
    bindingHash: transactionHash,
    connectTokenId: tokenId,
    accountId: null,
  });
  return { kind: "sent", url };
}

const linkDays = 14;
const tokenPattern = /^[\w-]{43}$/;
const ended = { kind: "ended" } as const;
