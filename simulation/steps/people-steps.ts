import type { Chance } from "../model/chance.ts";
import { breachesOfLaterUndo, type NotUndone } from "../laws/later-undo.ts";
import { shiftDate } from "../model/people.ts";
import { type Snapshot, takeSnapshot } from "../observations/snapshot.ts";
import type { StepKind } from "./steps.ts";
import { nothingTouched, type Touched } from "../observations/touched.ts";
import type { ModelEntity, World } from "../model/world.ts";

interface StepContext {
  world: World;
  chance: Chance;
  before: Snapshot;
  touched: Touched;
  entity: ModelEntity;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** A person at the customer or at support uses the app. @returns whether the step is one of these */
export async function actOfPeople(
  world: World,
  kind: StepKind,
  { chance, before, touched }: Pick<StepContext, "chance" | "before" | "touched">,
): Promise<boolean> {
  const step = peopleSteps[kind];
  if (step === undefined) return false;
  touched.acts += 1;
  const entity = chance.pick(world.entities);
  const { limitedAuthorization } = entity;
  const asLimited = chance.happens(0.25) ? { authorization: limitedAuthorization } : {};
  await step({ world, chance, before, touched, entity: { ...entity, ...asLimited } });
  return true;
}

const peopleSteps: Partial<Record<StepKind, (context: StepContext) => Promise<unknown>>> = {
  decide_hold: async ({ world, chance, before, entity }) => {
    const open = before.holds.filter((hold) => hold.status === "open" && hold.entity_id === entity.entityId);
    if (open.length === 0) return;
    const { hold_id: holdId } = chance.pick(open);
    await call(world, entity, "POST", `/holds/${holdId}/${chance.pick(["acceptance", "rejection"])}`);
  },
  accept_issue: async ({ world, chance, before, entity }) => {
    const open = before.issues.filter((one) => one.status === "open" && one.entity_id === entity.entityId);
    if (open.length > 0)
      await call(world, entity, "POST", `/issues/${chance.pick(open).issue_id}/acceptance`);
  },
  edit_language: (context) => editOne(context, { language: context.chance.pick(["nl", "fr", "en"]) }),
  edit_by_hand: (context) =>
    editOne(
      context,
      context.chance.pick([{ lastName: `Hand ${context.world.nextMark()}` }, { employeeNumber: null }]),
    ),
  add_by_hand: addByHand,
  invite: async (context) => {
    const one = someEmployee(context);
    if (one === null) return;
    context.touched.employees.add(one.employee_id);
    await context.world.product.owner.query(
      "update employees set invited_at = coalesce(invited_at, $2), row_version = row_version + 1 where employee_id = $1",
      [one.employee_id, context.world.clock.date().toISOString()],
    );
  },
  deactivate: async (context) => {
    const one = someEmployee(context);
    if (one === null) return;
    context.touched.employees.add(one.employee_id);
    const endDate = shiftDate(context.world.clock.today(), context.chance.below(3));
    await call(context.world, context.entity, "POST", `/employees/${one.employee_id}/deactivation`, {
      endDate,
    });
  },
  disable: ({ world, entity }) => call(world, entity, "POST", `${liantisOf(entity)}/disable`),
  enable: ({ world, entity }) => call(world, entity, "POST", `${liantisOf(entity)}/enable`),
  choose: async ({ world, chance, entity }) => {
    const choices: Record<string, string[]> = { select: [], exclude: [], release: [] };
    for (const workerId of entity.employer.workers.keys()) {
      if (chance.happens(0.4))
        choices[chance.pick(["select", "select", "exclude", "release"])]?.push(workerId);
    }
    await call(world, entity, "POST", `${liantisOf(entity)}/choices`, choices);
  },
  undo_earlier: async ({ world, chance, before, entity, touched }) => {
    const ended = before.runs.filter((run) => run.entity_id === entity.entityId && run.status === "finished");
    if (ended.length > 0)
      await undo(world, entity, { runId: chance.pick(ended).run_id, snapshot: before, touched });
  },
  unlink: async (context) => {
    const linked = context.before.links.filter((link) => link.entity_id === context.entity.entityId);
    if (linked.length === 0) return;
    const { employee_id: employeeId } = context.chance.pick(linked);
    context.touched.links.add(employeeId);
    await call(context.world, context.entity, "POST", `/employees/${employeeId}/liantis/unlinking`, {
      reason: "two people",
    });
  },
  link: async ({ world, chance, before, entity, touched }) => {
    const here = before.links.filter((link) => link.entity_id === entity.entityId);
    const free = before.employees.filter(
      (one) =>
        one.entity_id === entity.entityId && !here.some((link) => link.employee_id === one.employee_id),
    );
    const unlinked = [...entity.employer.workers.keys()].filter(
      (id) => !here.some((link) => link.worker_id === id),
    );
    if (free.length === 0 || unlinked.length === 0) return;
    const { employee_id: employeeId } = chance.pick(free);
    touched.links.add(employeeId);
    const pair = { workerId: chance.pick(unlinked), employeeId, reason: "the same person" };
    await call(world, entity, "POST", `${liantisOf(entity)}/links`, pair);
  },
  decide_case: async ({ world, chance, before, touched }) => {
    const open = before.cases.filter((one) => one.status === "open");
    if (open.length === 0) return;
    const one = chance.pick(open);
    const entity = world.entities.find((other) => other.entityId === one.entity_id);
    if (entity === undefined) return;
    touched.employees.add(one.employee_id);
    touched.links.add(one.employee_id);
    await call(world, entity, "POST", `/cases/${one.case_id}/${chance.pick(["confirmation", "decline"])}`);
  },
  complete_task: async ({ world, chance, before, entity }) => {
    const open = before.tasks.filter((one) => one.entity_id === entity.entityId && one.status === "open");
    if (open.length > 0) await call(world, entity, "POST", `/tasks/${chance.pick(open).task_id}/completion`);
  },
  change_number_of_company: ({ world, entity, chance }) => {
    const vatNumber = chance.pick(["BE 0403.170.701", "", "1234", world.entities[0]?.employer.number ?? ""]);
    return call(world, entity, "PATCH", `/entities/${entity.entityId}`, { vatNumber });
  },
  correct_number_of_company: ({ world, entity }) => correctNumber(world, entity),
  change_mode: ({ world, chance, entity }) =>
    call(world, entity, "PUT", `${liantisOf(entity)}/mode`, someMode(entity, chance)),
};

/** Puts the enterprise number that consented into the company details again. */
export function correctNumber(world: World, entity: ModelEntity): Promise<Answer> {
  return call(world, entity, "PATCH", `/entities/${entity.entityId}`, { vatNumber: entity.employer.number });
}

function liantisOf(entity: ModelEntity): string {
  return `/entities/${entity.entityId}/liantis`;
}

/** Undoes a run for everybody. @returns the people of whom some field could not be undone */
export async function undo(
  world: World,
  entity: ModelEntity,
  { runId, snapshot, touched }: { runId: string; snapshot: Snapshot; touched: Touched },
): Promise<Set<string>> {
  for (const change of snapshot.changes.filter((one) => one.run_id === runId)) {
    touched.employees.add(change.employee_id);
    touched.links.add(change.employee_id);
    touched.removed.add(change.employee_id);
  }
  touched.acts += 1;
  const before = await takeSnapshot(world.product.owner);
  const { status, body } = await call(world, entity, "POST", `/syncs/${runId}/revert`);
  const notReverted: NotUndone[] = Array.isArray(body["notReverted"]) ? body["notReverted"] : [];
  if (status === 200) {
    const after = await takeSnapshot(world.product.owner);
    touched.breaches.push(...breachesOfLaterUndo({ runId, before, after, notReverted }));
  }
  return new Set(notReverted.map((one) => one.employeeId));
}

/** A mode to ask for: full, selective with new choices, or selective with the choices so far. */
export function someMode(
  { employer }: ModelEntity,
  chance: Chance,
): { mode: "full" | "selective"; workerIds?: string[] } {
  if (chance.happens(0.4)) return { mode: "full" };
  if (chance.happens(0.3)) return { mode: "selective" };
  return { mode: "selective", workerIds: [...employer.workers.keys()].filter(() => chance.happens(0.6)) };
}

function someEmployee({ before, entity, chance }: StepContext): Snapshot["employees"][number] | null {
  const here = before.employees.filter((one) => one.entity_id === entity.entityId);
  return here.length === 0 ? null : chance.pick(here);
}

async function editOne(context: StepContext, change: Record<string, unknown>): Promise<void> {
  const one = someEmployee(context);
  if (one === null) return;
  context.touched.employees.add(one.employee_id);
  await call(context.world, context.entity, "PATCH", `/employees/${one.employee_id}`, change);
}

/** Adds employees before the first run: some on the payroll, some not, some who have left. */
export async function beforeLiantis(world: World, entity: ModelEntity): Promise<void> {
  const { chance } = world;
  for (let people = chance.pick([0, 0, 1, 2]); people > 0; people -= 1) {
    const touched = nothingTouched();
    await addByHand({ world, chance, entity, touched });
    for (const employeeId of touched.employees) {
      if (chance.happens(0.25))
        await call(world, entity, "POST", `/employees/${employeeId}/deactivation`, {
          endDate: world.clock.today(),
        });
    }
  }
}

/** Adds an employee who is not on the payroll, or one who is, with the worker's own address. */
async function addByHand({ world, chance, entity, touched }: Omit<StepContext, "before">): Promise<void> {
  const mark = world.nextMark();
  const workers = [...entity.employer.workers.values()];
  const known = workers.length > 0 && chance.happens(0.6) ? chance.pick(workers) : null;
  const email =
    typeof known?.["email"] === "string" ? known["email"].trim().toLowerCase() : `${mark}@hand.example`;
  const sameName = chance.happens(0.7);
  const added = await call(world, entity, "POST", "/employees", {
    entityId: entity.entityId,
    firstName: sameName && typeof known?.["firstName"] === "string" ? known["firstName"] : "Hanne",
    lastName: sameName && typeof known?.["lastName"] === "string" ? known["lastName"] : `Hand ${mark}`,
    email,
    language: "fr",
    startDate: "2020-01-01",
  });
  if (typeof added.body["id"] === "string") touched.employees.add(added.body["id"]);
}

/** One API call as an admin of the entity. @throws Error for a failure of the server itself */
export async function call(
  world: World,
  { authorization }: Pick<ModelEntity, "authorization">,
  method: "GET" | "POST" | "PUT" | "PATCH",
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await world.product.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization, ...(method === "GET" ? {} : { "content-type": "application/json" }) },
    ...(method === "GET" ? {} : { payload: JSON.stringify(body ?? {}) }),
  });
  const { statusCode: status } = response;
  const named = `${method} ${path.replaceAll(/[0-9a-f-]{36}/g, ":id")} ${status}`;
  world.answers.set(named, (world.answers.get(named) ?? 0) + 1);
  const answer: Record<string, unknown> = response.body === "" ? {} : response.json();
  if (status >= 500 && status !== 503) throw new Error(`${named}: ${JSON.stringify(answer)}`);
  return { status, body: answer };
}
