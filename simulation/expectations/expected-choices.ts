import type { Breach } from "../observations/step-span.ts";
import type { Finished } from "./finished-run.ts";
import type { Snapshot } from "../observations/snapshot.ts";
import type { ModelEntity } from "../model/world.ts";

/** The workers in scope of an entity's runs; null: all of them. */
export function selectedOf(
  { connections, choices }: Snapshot,
  { entityId }: Pick<ModelEntity, "entityId">,
): Set<string> | null {
  const connection = connections.find((one) => one.entity_id === entityId);
  if (connection?.mode !== "selective") return null;
  const selected = choices.filter((one) => one.entity_id === entityId && one.choice === "selected");
  return new Set(selected.map((one) => one.worker_id));
}

/** Only selected people are written. The others who are listed have a choice, and are counted by it. */
export function breachesOfChoices({
  before,
  after,
  entity,
  listing,
  run,
  world,
  touched,
}: Finished): Breach[] {
  const selected = selectedOf(after, entity);
  if (selected === null || touched.acts > 0) return [];
  const choiceOf = ({ choices }: Snapshot, workerId: string) =>
    choices.find((one) => one.entity_id === entity.entityId && one.worker_id === workerId)?.choice ?? null;
  const written = new Set(
    after.changes.filter((one) => one.run_id === run.run_id).map((one) => one.worker_id),
  );
  const wrong = [...written]
    .filter((id) => !selected.has(id))
    .map((id) => `${id} was written and is ${choiceOf(after, id)}`);
  const ids = [...listing.unchosen];
  const forgotten = ids
    .filter((id) => choiceOf(after, id) === null)
    .map((id) => `${id} is listed and forgotten`);
  const isConfirming = world.memory.confirmed.has(run.run_id);
  const decided = ids.flatMap((id) => {
    const [was, is] = [choiceOf(before, id), choiceOf(after, id)];
    if (was === null && is !== "waiting" && !isConfirming) return [`${id} is new and ${is}`];
    return was !== null && was !== is && !isConfirming ? [`${id} was ${was} and is ${is}`] : [];
  });
  const waiting = ids.filter((id) => choiceOf(after, id) === "waiting").length;
  const { counts } = run;
  const counted =
    listing.nameless || (counts.waiting === waiting && counts.excluded === ids.length - waiting);
  return [
    ...wrong,
    ...forgotten,
    ...decided,
    ...(counted ? [] : [`${waiting} wait of ${ids.length}, counted ${JSON.stringify(counts)}`]),
  ].map((how) => `choices: ${how}`);
}
