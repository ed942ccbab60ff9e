import { isNotice } from "../expectations/expected-issues.ts";
import { chanceOf } from "../model/chance.ts";
import { selectedOf } from "../expectations/expected-choices.ts";
import { call, correctNumber } from "./people-steps.ts";
import { ask, drain, type Worked } from "./run-steps.ts";
import type { Outcome } from "../observations/step-span.ts";
import type { IssueRow, Snapshot } from "../observations/snapshot.ts";
import { mend } from "./source-steps.ts";
import type { Touched } from "../observations/touched.ts";
import type { World } from "../model/world.ts";

type CarryOut = (
  world: World,
  before: Snapshot,
  work: (touched: Touched) => Promise<Worked>,
) => Promise<Outcome>;

const roundsMax = 4;

/**
 * Once faults stop and people answer every hold, a few runs bring everything into order: each listed worker is linked, no issue or
 * hold is open, and another run has nothing to do.
 */
export async function endWell(world: World, before: Snapshot, carryOut: CarryOut): Promise<string[]> {
  world.liantis.armed = [];
  world.product.commits.set(null);
  const chance = chanceOf(world.chance.seed());
  // Runs under way have read the source before it was repaired.
  const ended = await carryOut(world, before, async () => {
    const worked: Worked = { accidents: [], breaches: [] };
    await world.product.queue.tick("nightly");
    await drain(world, worked);
    return worked;
  });
  if (ended.breaches.length > 0) return ended.breaches;
  const corrected = await carryOut(world, ended.after, async (touched) => {
    touched.acts += 1;
    for (const entity of world.entities) await correctNumber(world, entity);
    return { accidents: [], breaches: [] };
  });
  if (corrected.breaches.length > 0) return corrected.breaches;
  for (const { employer } of world.entities) {
    employer.consent = "granted";
    for (const worker of employer.workers.values()) mend(worker, world, chance);
  }
  let snapshot = corrected.after;
  for (let round = 0; round < roundsMax; round += 1) {
    await answerEverything(world, snapshot);
    // Accepted holds are applied at once: on another day the same contracts may cause another hold.
    const answered = await carryOut(world, snapshot, () => drained(world));
    if (answered.breaches.length > 0) return answered.breaches;
    snapshot = answered.after;
    world.clock.move(25 * 3_600_000);
    const outcome = await carryOut(world, snapshot, () => runAll(world));
    if (outcome.breaches.length > 0) return outcome.breaches;
    const isQuiet = outcome.after.changes.length === snapshot.changes.length && round > 0;
    snapshot = outcome.after;
    if (isQuiet && whatIsLeft(world, snapshot).length === 0) return [];
  }
  return whatIsLeft(world, snapshot).map((left) => `good end: ${left}`);
}

async function drained(world: World): Promise<Worked> {
  const worked: Worked = { accidents: [], breaches: [] };
  await drain(world, worked);
  return worked;
}

async function runAll(world: World): Promise<Worked> {
  const worked: Worked = { accidents: [], breaches: [] };
  await world.product.queue.tick("nightly");
  await drain(world, worked);
  for (const entity of world.entities) {
    await ask(world, entity);
    await drain(world, worked);
  }
  return worked;
}

async function answerEverything(world: World, snapshot: Snapshot): Promise<void> {
  for (const entity of world.entities) {
    const state = snapshot.connections.find((one) => one.entity_id === entity.entityId)?.state;
    if (state === "disabled")
      await call(world, entity, "POST", `/entities/${entity.entityId}/liantis/enable`);
    // A new consent goes through the pages of Liantis; here only its result matters.
    if (state === "paused")
      await world.product.owner.query(
        "update connections set state = 'active', paused_reason = null where entity_id = $1",
        [entity.entityId],
      );
  }
  for (const hold of snapshot.holds) {
    const entity = world.entities.find((one) => one.entityId === hold.entity_id);
    // A rejected hold keeps people out; in the end every listed person is wanted.
    const isKeptOut = hold.status === "rejected" && hold.kind === "reverted";
    if ((hold.status === "open" || isKeptOut) && entity)
      await call(world, entity, "POST", `/holds/${hold.hold_id}/acceptance`);
  }
}

function whatIsLeft({ entities }: World, snapshot: Snapshot): string[] {
  return entities.flatMap(({ entityId, employer }) => {
    const links = snapshot.links.filter((link) => link.entity_id === entityId && link.absent_since === null);
    const linked = new Set(links.map((link) => link.worker_id));
    const selected = selectedOf(snapshot, { entityId });
    const wanted = [...employer.workers.keys()].filter((id) => selected === null || selected.has(id));
    const unlinked = new Set(snapshot.issues.filter(isUnlinkedByHand).map((one) => one.worker_id));
    const missing = wanted.filter((id) => !linked.has(id) && !unlinked.has(id));
    const open = snapshot.issues.filter((one) => one.entity_id === entityId && one.status === "open");
    const holds = snapshot.holds.filter((one) => one.entity_id === entityId && one.status === "open");
    const last = snapshot.runs.filter((run) => run.entity_id === entityId && run.kind !== "preview").at(-1);
    return [
      ...missing.map((id) => `${id} is listed and not linked`),
      ...open.filter(isToBePutRight).map((one) => `${one.code} of ${one.worker_id} is open`),
      ...holds.map((one) => `${one.kind} of ${one.worker_id} is open`),
      ...(last?.verdict === "in_order" || open.some(isWrong)
        ? []
        : [`the last run ended ${last?.verdict ?? last?.status}`]),
    ];
  });
}

/** Notices need no action. A person whom an admin deactivated stays deactivated, whatever Liantis sends. */
function isToBePutRight(issue: IssueRow): boolean {
  return isWrong(issue) && !isUnlinkedByHand(issue) && issue.code !== "REHIRE_OF_DEACTIVATED_USER";
}

/** A worker and an employee who were unlinked by hand stay unlinked until an admin links one of them. */
function isUnlinkedByHand({ code, params, status }: IssueRow): boolean {
  return code === "AMBIGUOUS_MATCH" && status !== "closed" && params["reason"] === "unlinked_pair";
}

function isWrong({ code }: IssueRow): boolean {
  return !isNotice(code);
}
