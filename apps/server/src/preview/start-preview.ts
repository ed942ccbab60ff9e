import type { NewPreview } from "@payflip/contract/previews.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { findActivationFacts } from "../connection/activation-facts.sql.ts";
import { findConnection, lockConnection } from "../connection/connections.sql.ts";
import { findOpenPreview } from "./previews.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { ActivationActor, ActivationDeps } from "../connection/activation-deps.ts";
import { recordActivation } from "../connection/audit-activation.ts";
import { assertSameNumber, findPermittedFacts } from "./confirm-activation.ts";
import { startOrderedPreview, workerIdsOf } from "./order-preview.ts";

type PreviewDeps = Pick<ActivationDeps, "db" | "now" | "requestPreview">;

/**
 * Asks for a preview of this mode with these people (in selective mode without people: as the choices are stored). A run makes
 * it beside any other run. Asking again for the same preview while it is made answers the same one.
 *
 * @throws Problem NOT_FOUND, NOT_AVAILABLE, FULL_SYNC_NOT_ALLOWED, CONSENT_STATE_MISMATCH, WRONG_STATE before the consent or
 *   while nothing is synchronised
 */
export async function startPreview(
  deps: PreviewDeps,
  actor: ActivationActor,
  asked: NewPreview,
): Promise<{ previewId: string }> {
  const { customerId, entityId } = actor;
  const now = deps.now().toISOString();
  return await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
    const facts = await findPermittedFacts(trx, actor, asked.mode);
    const connection = await lockConnection(trx, customerId, entityId, now);
    if (connection.state !== "choosing" && connection.state !== "active") throw new Problem("WRONG_STATE");
    assertSameNumber(connection, facts);
    const order = { mode: asked.mode, workerIds: workerIdsOf(asked) };
    const open = await findOpenPreview(trx, actor, order);
    if (open !== undefined) return { previewId: open };
    const previewId = await startOrderedPreview(trx, deps, actor, { order, differsFrom: null, now });
    await recordActivation(trx, { ...actor, action: "preview.requested", subject: previewId, now });
    return { previewId };
  });
}

/**
 * The mode of a preview if the caller names none: that of the connection or, before the choice, one that the customer may
 * choose.
 */
export async function findDefaultMode(
  { db }: Pick<ActivationDeps, "db">,
  { customerId, entityId }: Pick<ActivationActor, "customerId" | "entityId">,
): Promise<NewPreview["mode"]> {
  return await tenantTransaction(db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
    const connection = await findConnection(trx, customerId, entityId);
    if (connection?.mode) return connection.mode;
    const facts = await findActivationFacts(trx, customerId, entityId);
    return facts?.migratedFromFlexPlan ? "selective" : "full";
  });
}
