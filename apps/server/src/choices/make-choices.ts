import type { Choices } from "@payflip/contract/candidates.ts";
import type { ActivationActor, ActivationDeps } from "../connection/activation-deps.ts";
import { findActivationFacts } from "../connection/activation-facts.sql.ts";
import { recordActivation } from "../connection/audit-activation.ts";
import { lockConnection } from "../connection/connections.sql.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { tenantTransaction, type TenantTransaction } from "../postgres/transaction.ts";
import { cancelRunsOfWorkers } from "../runs/cancel-run.sql.ts";
import { findOpenRun } from "../runs/runs.sql.ts";
import { decideChoices } from "./choices.sql.ts";

type ChoiceDeps = Pick<ActivationDeps, "db" | "now" | "requestRun" | "restartRun">;

/**
 * Selects, excludes and releases people of an entity in selective mode. Selecting starts a run. Excluding and releasing need no
 * run: a linked person is released (link and data stay, fields are unlocked and no longer updated), any other is excluded and
 * not asked about again. Every id is accepted; a selected worker is imported once Liantis lists them.
 *
 * @returns the run that fetches the selected people; null when there is none
 * @throws Problem NOT_FOUND, NOT_AVAILABLE, INVALID_REQUEST when an id is both selected and dropped, WRONG_STATE outside of
 *   selective mode, while the connection is not active, or while a confirmed preview waits for its run
 */
export async function makeChoices(
  deps: ChoiceDeps,
  actor: ActivationActor,
  choices: Choices,
): Promise<{ runId: string | null }> {
  const { customerId, entityId, actorId } = actor;
  const select = [...new Set(choices.select)];
  const drop = [...new Set([...choices.exclude, ...choices.release])];
  assertNoneTwice(select, drop);
  const now = deps.now().toISOString();
  return await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
    await assertSelective(trx, actor, now);
    const decided = await decideChoices(
      trx,
      { customerId, entityId, decidedAt: now, decidedBy: actorId },
      { select, drop },
    );
    if (decided.selected + decided.dropped === 0) return { runId: await findRunOfChoice(trx, actor, select) };
    const subject = `select ${decided.selected}, drop ${decided.dropped}`;
    await recordActivation(trx, { ...actor, action: "choices.made", subject, now });
    // A running check of a dropped person must not write them.
    await cancelRunsOfWorkers(trx, actor, drop, now);
    const request = { customerId, entityId, trigger: "choice", requestedBy: actorId, now } as const;
    if (decided.selected > 0) return await deps.requestRun(trx, request);
    return (await deps.restartRun(trx, request)) ?? { runId: null };
  });
}

function assertNoneTwice(select: string[], drop: string[]): void {
  const dropped = new Set(drop);
  if (!select.some((id) => dropped.has(id))) return;
  throw new Problem("INVALID_REQUEST", {
    members: { errors: [{ path: "select", message: "a person is both selected and excluded or released" }] },
  });
}

async function assertSelective(
  trx: TenantTransaction,
  { customerId, entityId }: ActivationActor,
  now: string,
): Promise<void> {
  const facts = await findActivationFacts(trx, customerId, entityId);
  if (facts === undefined) throw new Problem("NOT_FOUND");
  if (!facts.available) throw new Problem("NOT_AVAILABLE");
  const { state, mode, confirming } = await lockConnection(trx, customerId, entityId, now);
  if (state !== "active" || mode !== "selective" || confirming !== null) throw new Problem("WRONG_STATE");
}

/** When the same choice is sent again: the open run that carries it out. */
async function findRunOfChoice(
  trx: TenantTransaction,
  { customerId, entityId }: ActivationActor,
  select: string[],
): Promise<string | null> {
  if (select.length === 0) return null;
  return (await findOpenRun(trx, { customerId, entityId }, "full_listing"))?.runId ?? null;
}
