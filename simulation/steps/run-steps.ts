import type { Chance } from "../model/chance.ts";
import type { ArmedFault, FaultKind } from "../model/faults.ts";
import { actOfPeople, call, someMode, undo } from "./people-steps.ts";
import type { Touched } from "../observations/touched.ts";
import { breachesOfImmediateUndo } from "../laws/immediate-undo.ts";
import { type Snapshot, takeSnapshot } from "../observations/snapshot.ts";
import { happenAtLiantis } from "./source-steps.ts";
import type { StepKind } from "./steps.ts";
import { brusselsDay } from "../model/clock.ts";
import type { ModelEntity, World } from "../model/world.ts";

/** The results of a step of runs, for the laws to judge. */
export interface Worked {
  /** Errors of jobs whose worker was not killed. */
  accidents: unknown[];
  /** Breaches that the step itself noticed. */
  breaches: string[];
}

interface StepContext {
  world: World;
  chance: Chance;
  before: Snapshot;
  touched: Touched;
}

/** Carries out runs and lets time pass. @returns null when the step is none of these */
export async function workOfRuns(
  world: World,
  kind: StepKind,
  context: Omit<StepContext, "world">,
): Promise<Worked | null> {
  const worked: Worked = { accidents: [], breaches: [] };
  const step = runSteps[kind];
  if (step === undefined) return null;
  await step({ world, ...context }, worked);
  world.product.commits.set(null);
  world.liantis.onPage = null;
  world.liantis.armed = [];
  return worked;
}

type RunStep = (context: StepContext, worked: Worked) => Promise<void>;

const runSteps: Partial<Record<StepKind, RunStep>> = {
  sync: async ({ world, chance }, worked) => {
    await ask(world, chance.pick(world.entities));
    await drain(world, worked);
  },
  sync_twice: async ({ world, chance }, worked) => {
    const entity = chance.pick(world.entities);
    await ask(world, entity);
    await drain(world, worked);
    world.clock.move(60_000);
    await ask(world, entity);
    await drain(world, worked);
  },
  sync_with_fault: async ({ world, chance }, worked) => {
    await ask(world, chance.pick(world.entities));
    for (let faults = 1 + chance.below(2); faults > 0; faults -= 1)
      world.liantis.armed.push(armed(chance, chance.pick(world.swarm.faults)));
    await drain(world, worked);
  },
  sync_with_nameless: (context, worked) => syncWithOne(context, worked, "record_without_id"),
  sync_with_unreadable: (context, worked) => syncWithOne(context, worked, "record_contracts_broken"),
  sync_killed: async ({ world, chance }, worked) => {
    await ask(world, chance.pick(world.entities));
    for (let kills = 1 + chance.below(2); kills > 0; kills -= 1) {
      killAt(world, 1 + chance.below(9), chance.happens(0.5) ? "before" : "after");
      await workOnce(world);
    }
    world.product.commits.set(null);
    await drain(world, worked);
  },
  sync_overtaken: async ({ world, chance }, worked) => {
    await ask(world, chance.pick(world.entities));
    await overtake(
      world,
      { place: 1 + chance.below(9), dies: chance.happens(0.5) ? 1 + chance.below(5) : null },
      worked,
    );
    world.product.commits.set(null);
    await drain(world, worked);
  },
  sync_interrupted: async (context, worked) => {
    const { world, chance } = context;
    await ask(world, chance.pick(world.entities));
    const acts = [
      "edit_by_hand",
      "edit_language",
      "deactivate",
      "invite",
      "add_by_hand",
      "disable",
      "decide_hold",
    ] as const;
    between(world, 1 + chance.below(9), () => actOfPeople(world, chance.pick(acts), context));
    await drain(world, worked);
  },
  sync_while_source_moves: async ({ world, chance }, worked) => {
    const entity = chance.pick(world.entities);
    await ask(world, entity);
    const acts = [
      "hire",
      "leave",
      "change_name",
      "swap_emails",
      "raise_wage",
      "change_email",
      "split_contract",
    ] as const;
    const place = 1 + chance.below(3);
    world.liantis.onPage = (employer, page) => {
      if (employer === entity.employer && page === place)
        happenAtLiantis(world, chance.pick(acts), chance, entity);
    };
    await drain(world, worked);
  },
  night: async ({ world, chance }, worked) => {
    // StepContext 05:30 in Brussels the nightly run of every connection is due.
    const nights = chance.pick([1, 1, 1, 2]);
    for (let night = 0; night < nights; night += 1) world.clock.moveTo(nextMorning(world.clock.now()));
    await world.product.queue.tick("nightly");
    await world.product.queue.tick("nightly");
    await drain(world, worked);
    await assertNightWasComplete(world);
  },
  hours_pass: async ({ world, chance }, worked) => {
    world.clock.move((1 + chance.below(14)) * 3_600_000);
    await world.product.queue.tick("nightly");
    await drain(world, worked);
  },
  preview_and_confirm: async ({ world, chance }, worked) => {
    const entity = chance.pick(world.entities);
    const path = `/entities/${entity.entityId}/liantis`;
    const mode = someMode(entity, chance);
    const { body } = await call(world, entity, "POST", `${path}/previews`, mode);
    await drain(world, worked);
    const preview = await call(world, entity, "GET", `/previews/${String(body["previewId"])}`);
    if (chance.happens(0.3))
      happenAtLiantis(world, chance.pick(["hire", "leave", "raise_wage"] as const), chance, entity);
    const confirming = { ...mode, previewHash: preview.body["hash"] };
    const { body: connection } = await call(world, entity, "GET", path);
    const confirmed =
      connection["state"] === "choosing"
        ? await call(world, entity, "POST", `${path}/confirmation`, confirming)
        : await call(world, entity, "PUT", `${path}/mode`, confirming);
    world.memory.confirmed.add(String(confirmed.body["runId"]));
    await drain(world, worked);
  },
  check_person: async ({ world, chance, before }, worked) => {
    if (before.links.length === 0) return;
    const link = chance.pick(before.links);
    const entity = world.entities.find((one) => one.entityId === link.entity_id);
    if (entity === undefined) return;
    await call(world, entity, "POST", `/employees/${link.employee_id}/liantis/check`);
    await drain(world, worked);
  },
  undo_at_once: async ({ world, chance, before, touched }, worked) => {
    const entity = chance.pick(world.entities);
    await drain(world, worked);
    const start = await takeSnapshot(world.product.owner);
    await ask(world, entity);
    await drain(world, worked);
    const ended = await takeSnapshot(world.product.owner);
    const known = new Set(start.runs.map((run) => run.run_id));
    const runs = ended.runs.filter((run) => !known.has(run.run_id));
    const [run] = runs;
    if (run === undefined || runs.length > 1 || before.runs.some((one) => one.run_id === run.run_id)) return;
    if (run.status !== "finished") return;
    const left = await undo(world, entity, { runId: run.run_id, snapshot: ended, touched });
    worked.breaches.push(...breachesOfImmediateUndo(start, await takeSnapshot(world.product.owner), left));
  },
  queue_lost: async ({ world, chance }) => {
    await ask(world, chance.pick(world.entities));
    world.product.queue.lose();
  },
};

/** A run with one broken record on the first page. */
async function syncWithOne({ world, chance }: StepContext, worked: Worked, kind: FaultKind): Promise<void> {
  await ask(world, chance.pick(world.entities));
  world.liantis.armed.push({ ...armed(chance, kind), place: 1, times: 1 });
  await drain(world, worked);
}

/** @throws Error when an active connection had no run in this night */
async function assertNightWasComplete(world: World): Promise<void> {
  const { rows } = await world.product.owner.query<{ entity_id: string }>(
    `select c.entity_id from connections c where c.state = 'active' and c.activated_at < $2
       and (c.last_scheduled_date is distinct from $1::date
            or not exists (select from runs r where r.entity_id = c.entity_id and coalesce(r.finished_at, r.created_at) > $2))`,
    [world.clock.today(), new Date(world.clock.now() - 6 * 3_600_000).toISOString()],
  );
  if (rows.length > 0)
    throw new Error(`no run in this night: ${rows.map((row) => row.entity_id).join(", ")}`);
}

/** The next 05:30 in Brussels. */
function nextMorning(now: number): number {
  const today = brusselsDay(now);
  for (let time = now + 3_600_000 - (now % 1_800_000); ; time += 1_800_000) {
    const day = brusselsDay(time);
    if (day !== today && brusselsTime.format(time) === "05:30") return time;
  }
}

const brusselsTime = new Intl.DateTimeFormat("nl-BE", {
  timeZone: "Europe/Brussels",
  hour: "2-digit",
  minute: "2-digit",
});

/** Requests a run: the first one by confirming the activation, later ones by Sync now. */
export async function ask(world: World, entity: ModelEntity): Promise<void> {
  const path = `/entities/${entity.entityId}/liantis`;
  const { body } = await call(world, entity, "GET", path);
  if (body["state"] === "choosing") {
    await call(world, entity, "POST", `${path}/confirmation`, firstChoice(entity));
  } else {
    await call(world, entity, "POST", `${path}/syncs`);
  }
}

/** The first mode of an entity; in selective mode about half of the people are chosen. */
function firstChoice({ startsAs, employer }: ModelEntity): object {
  if (startsAs === "full") return { mode: "full" };
  return { mode: "selective", workerIds: [...employer.workers.keys()].filter((id) => /[02468]$/.test(id)) };
}

const attemptsMax = 12;
/** More jobs than the largest firms can have. */
const jobsMax = 1000;

/** Carries out every due job until none is left. */
export async function drain(world: World, worked: Worked): Promise<void> {
  const { queue } = world.product;
  for (let turns = 0; ; turns += 1) {
    const now = world.clock.now();
    const [job] = [...queue.due("check-person", now), ...queue.due("sync", now)];
    if (job === undefined) return;
    if (job.retryCount > attemptsMax || turns > jobsMax) throw new Error("the queue does not become empty");
    const error = await queue.work(job);
    if (error !== null) worked.accidents.push(error);
  }
}

async function workOnce(world: World): Promise<void> {
  const [job] = world.product.queue.due("sync", world.clock.now());
  if (job !== undefined) await world.product.queue.work(job);
}

class Killed extends Error {
  override readonly name = "Killed";
}

/** Kills the worker at that commit of the run: its later commits fail as well. */
function killAt(world: World, place: number, moment: "before" | "after"): void {
  world.product.commits.set(async (reached, commit) => {
    if (commit > place || (commit === place && reached === moment)) throw new Killed("a worker was killed");
    if (commit === place && moment === "before") throw new Killed("a worker was killed");
  });
}

/** People act right after that commit, once the run has finished reading ahead. */
function between(world: World, place: number, act: () => Promise<unknown>): void {
  let done = false;
  world.product.commits.set(async (moment, commit) => {
    if (done || moment !== "after" || commit !== place) return;
    done = true;
    await world.product.commits.quiet(0);
    await act();
  });
}

/** A worker that was thought dead: a second one takes the run, to its end or to its own death; then the first one continues. */
async function overtake(
  world: World,
  { place, dies }: { place: number; dies: number | null },
  worked: Worked,
): Promise<void> {
  const { queue, commits } = world.product;
  const [job] = queue.due("sync", world.clock.now());
  if (job === undefined) return;
  let read: Pick<World["liantis"], "sent" | "declared"> | null = null;
  let isDead = false;
  between(world, place, async () => {
    commits.set(null);
    if (dies !== null) killAt(world, dies, "after");
    const error = await queue.work({ ...job, retryCount: job.retryCount + 1 });
    commits.set(null);
    if (error !== null && dies === null) worked.accidents.push(error);
    read = { sent: new Map(world.liantis.sent), declared: new Map(world.liantis.declared) };
    isDead = error !== null;
  });
  const error = await queue.work(job);
  if (error !== null) worked.accidents.push(error);
  // Requests that the first worker still makes do not count.
  if (read !== null) Object.assign(world.liantis, read);
  // The job of the dead worker is tried again.
  if (isDead) await queue.boss.send("sync", job.data, { singletonKey: job.key ?? "" });
}

function armed(chance: Chance, kind: FaultKind): ArmedFault {
  // Retries of the run outlast a short fault; a long one ends it.
  const lasting: FaultKind[] = [
    "unavailable_503",
    "reset",
    "slow_down_429",
    "credential_refused",
    "server_error_html",
  ];
  const times = lasting.includes(kind) ? chance.pick([1, 3, 40]) : chance.pick([1, 1, 2, 40]);
  return {
    kind,
    place: 1 + chance.below(3),
    times: kind === "token_refused_once" ? 1 : times,
    aim: chance.below(1000),
  };
}
