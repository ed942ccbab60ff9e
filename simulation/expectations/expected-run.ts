import type { Finished } from "./finished-run.ts";
import type { Between, Breach } from "../observations/step-span.ts";
import { brusselsDay } from "../model/clock.ts";
import { breachesOfIssues } from "./expected-issues.ts";
import { breachesOfGuard, rememberFilled } from "./expected-guard.ts";
import { breachesOfPerson } from "./expected-person.ts";
import { breachesOfChoices, selectedOf } from "./expected-choices.ts";
import { breachesOfNewcomer } from "./expected-newcomer.ts";
import { inScope, readListing } from "./reading.ts";
import type { Worked } from "../steps/run-steps.ts";
import type { RunRow } from "../observations/snapshot.ts";
import type { ModelEntity } from "../model/world.ts";

/** After a run of the whole listing, the stored people equal the sent ones, except where an open issue or hold explains it. */
export function breachesOfRuns(between: Between & { worked: Worked }): Breach[] {
  for (const entity of between.world.entities) rememberChecked(between, entity);
  return between.world.entities.flatMap((entity) => {
    const ended = finishedRuns(between, entity);
    const run = ended.at(-1);
    return run === undefined
      ? []
      : [
          ...breachesOfLast({ ...between, entity, isOnly: ended.length === 1 }, run),
          ...quietSecond(between, ended),
        ];
  });
}

/** A check of one person applies that person too: later runs compare with the fields that were filled then. */
function rememberChecked({ before, after, world }: Between, entity: ModelEntity): void {
  const known = new Set(before.runs.filter((run) => run.finished_at !== null).map((run) => run.run_id));
  for (const run of after.runs) {
    const isApplied = run.verdict === "in_order" || run.verdict === "needs_attention";
    if (run.entity_id !== entity.entityId || run.worker_id === null || !isApplied || known.has(run.run_id))
      continue;
    const { people } = readListing([entity.employer.workers.get(run.worker_id)]);
    for (const reading of people.values()) rememberFilled(world.memory, entity, reading, world.clock.today());
  }
}

function finishedRuns({ before, after }: Between, { entityId }: ModelEntity): RunRow[] {
  const open = new Set(before.runs.filter((run) => run.finished_at !== null).map((run) => run.run_id));
  return after.runs.filter(
    (run) =>
      run.entity_id === entityId &&
      run.status === "finished" &&
      run.kind === "full_listing" &&
      !open.has(run.run_id),
  );
}

function breachesOfLast(between: Between & { entity: ModelEntity; isOnly: boolean }, run: RunRow): Breach[] {
  const today = brusselsDay(Date.parse(run.finished_at ?? ""));
  // A run over midnight may have planned for either day.
  if (brusselsDay(Date.parse(run.created_at)) !== today && run.attempt > 1) return [];
  const sent = readListing(between.world.liantis.sent.get(between.entity.employer.number) ?? []);
  const listing = inScope(sent, selectedOf(between.after, between.entity));
  const finished: Finished = { ...between, run, listing, today };
  const guard = [
    ...breachesOfGuard(finished),
    ...breachesOfConnection(finished),
    ...breachesOfCompleteness(finished),
  ];
  if (run.verdict !== "in_order" && run.verdict !== "needs_attention") return guard;
  const people = [...listing.people.values()].flatMap((reading) => [
    ...breachesOfPerson(finished, reading),
    ...breachesOfNewcomer(finished, reading),
  ]);
  return [
    ...guard,
    ...people,
    ...breachesOfPresence(finished),
    ...breachesOfChoices(finished),
    ...breachesOfIssues(finished),
  ];
}

/** A revoked consent pauses the connection. A run that applied is its last success. */
function breachesOfConnection({ run, after, entity, touched }: Finished): Breach[] {
  const connection = after.connections.find((one) => one.entity_id === entity.entityId);
  if (connection === undefined || touched.acts > 0) return [];
  const isApplied = run.verdict === "in_order" || run.verdict === "needs_attention";
  const { last_success_at: successAt } = connection;
  const isRemembered =
    successAt !== null && run.finished_at !== null && Date.parse(successAt) === Date.parse(run.finished_at);
  if (isApplied && !isRemembered) return ["connection: a success is not remembered"];
  const isRevoked = run.verdict === "failed" && entity.employer.consent === "revoked";
  return isRevoked && connection.state === "active" && run.error_code !== "LIANTIS_UNAVAILABLE"
    ? ["connection: still active without consent"]
    : [];
}

/** A listing with another number of people than it declares is incomplete. */
function breachesOfCompleteness({ listing, run, world, entity }: Finished): Breach[] {
  const listed = listing.people.size + listing.unreadable.size + listing.unchosen.size;
  const declared = world.liantis.declared.get(entity.employer.number);
  if (listing.nameless || listed === declared || run.verdict === "incomplete" || run.verdict === "failed")
    return [];
  return [`completeness: ${listed} people of ${declared}, and the run ended ${run.verdict}`];
}

/** Listed people are present, the other linked people are absent, and the counts cover all of them. */
function breachesOfPresence({ listing, after, entity, run }: Finished): Breach[] {
  const present = new Set([...listing.people.keys(), ...listing.unreadable, ...listing.unchosen]);
  const links = after.links.filter((link) => link.entity_id === entity.entityId);
  const wrong = links.filter((link) => {
    if (present.has(link.worker_id))
      return link.absent_since !== null && (listing.people.has(link.worker_id) || !listing.nameless);
    return link.absent_since === null && !listing.nameless;
  });
  const absent = links.filter((link) => !present.has(link.worker_id)).length;
  const counted = run.counts.absent === absent && (listing.nameless || run.counts.fetched === present.size);
  return [
    ...wrong.map(
      (link) => `presence: ${link.worker_id} is ${link.absent_since === null ? "not " : ""}absent by us`,
    ),
    ...(counted
      ? []
      : [`presence: ${present.size} people and ${absent} absent, counted ${JSON.stringify(run.counts)}`]),
  ];
}

/** A second run over the same source writes nothing, except an address that became free in between. */
function quietSecond({ after, touched }: Between, ended: RunRow[]): Breach[] {
  const [first, second] = ended.slice(-2);
  if (first === undefined || second === undefined || touched.employees.size > 0) return [];
  if (first.verdict === "failed" || first.verdict === "incomplete" || first.verdict === "held") return [];
  const changes = (run: RunRow) => after.changes.filter((change) => change.run_id === run.run_id);
  const freed = changes(first).some(
    (change) => change.kind === "update" && ("email" in change.fields || "employeeNumber" in change.fields),
  );
  if (
    freed ||
    brusselsDay(Date.parse(first.created_at)) !== brusselsDay(Date.parse(second.finished_at ?? ""))
  )
    return [];
  return changes(second).map(
    (change) => `again: ${change.kind} of ${change.worker_id} ${JSON.stringify(change.fields)}`,
  );
}
