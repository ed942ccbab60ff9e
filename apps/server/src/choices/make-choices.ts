import type { Choices } from "@payflip/contract/candidates.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { findActivationFacts } from "../connection/activation-facts.sql.ts";
import { decideChoices } from "./choices.sql.ts";
import { lockConnection } from "../connection/connections.sql.ts";
import { cancelRunsOfWorkers } from "../runs/cancel-run.sql.ts";
import { findOpenRun } from "../runs/runs.sql.ts";
import { tenantTransaction, type TenantTransaction } from "../postgres/transaction.ts";
import type { ActivationActor, ActivationDeps } from "../connection/activation-deps.ts";
import { recordActivation } from "../connection/audit-activation.ts";

type ChoiceDeps = Pick<ActivationDeps, "db" | "now" | "requestRun" | "restartRun">;

/**
 * Selects, excludes and releases people of an entity in selective mode. Selecting starts a run. Excluding and releasing take hold at
 * once and need none: whoever is linked is released (link and data stay, nothing is locked or updated any more), whoever is not is
 * excluded and never asked about again. Any id is taken: somebody is imported if Liantis lists them.
 *
 * @returns the run that carries it out; null where nobody is to be fetched
 * @throws Problem NOT_FOUND, NOT_AVAILABLE, INVALID_REQUEST when somebody is both wanted and not, WRONG_STATE outside of selective
 *   mode, while the connection is not active, or while a confirmed preview waits for its run
 */
export async function makeChoices(
  deps: ChoiceDeps,
  actor: ActivationActor,
  choices: Choices,
): Promise<{ runId: string | null }> {
  const { customerId, entityId, actorId } = actor;
  const select = [...new Set(choices.select)];
  const drop = [...new Set([...choices.exclude, ...choices.release])];
  assertNobodyTwice(select, drop);
  const at = deps.now().toISOString();
  return await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
    await assertSelective(trx, actor, at);
    const decided = await decideChoices(trx, { customerId, entityId, at, by: actorId }, { select, drop });
    if (decided.selected + decided.dropped === 0) return { runId: await runUnderWay(trx, actor, select) };
    const subject = `select ${decided.selected}, drop ${decided.dropped}`;
    await recordActivation(trx, { ...actor, action: "choices.made", subject, now: at });
    // A check of somebody who is not wanted any more must not write them.
    await cancelRunsOfWorkers(trx, actor, drop, at);
    const request = { customerId, entityId, trigger: "choice", requestedBy: actorId, now: at } as const;
    if (decided.selected > 0) return await deps.requestRun(trx, request);
    return (await deps.restartRun(trx, request)) ?? { runId: null };
  });
}

function assertNobodyTwice(select: string[], drop: string[]): void {
  const dropped = new Set(drop);
  if (!select.some((id) => dropped.has(id))) return;
  throw new Problem("INVALID_REQUEST", {
    members: { errors: [{ path: "select", message: "somebody is both selected and excluded or released" }] },
  });
}

async function assertSelective(
  trx: TenantTransaction,
  { customerId, entityId }: ActivationActor,
  at: string,
): Promise<void> {
  const facts = await findActivationFacts(trx, customerId, entityId);
  if (facts === undefined) throw new Problem("NOT_FOUND");
  if (!facts.available) throw new Problem("NOT_AVAILABLE");
  const { state, mode, confirming } = await lockConnection(trx, customerId, entityId, at);
  if (state !== "active" || mode !== "selective" || confirming !== null) throw new Problem("WRONG_STATE");
}

/** The same choice again names the run that still carries it out. */
async function runUnderWay(
  trx: TenantTransaction,
  { customerId, entityId }: ActivationActor,
  select: string[],
): Promise<string | null> {
  if (select.length === 0) return null;
  return (await findOpenRun(trx, { customerId, entityId }, "full_listing"))?.runId ?? null;
}
