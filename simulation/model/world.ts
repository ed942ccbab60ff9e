import type { Swarm } from "../steps/steps.ts";
import { giveApiKey } from "./api-key.ts";
import { chanceOf, type Chance } from "./chance.ts";
import { type Clock, clockAt } from "./clock.ts";
import { emptyTables, type SimulatedProduct } from "../runner/simulated-product.ts";
import { faultKinds } from "./faults.ts";
import { type ModelEmployer, type ModelLiantis, modelLiantis } from "./liantis.ts";
import { newWorker } from "./people.ts";
import { stepKinds } from "../steps/steps.ts";

export interface ModelEntity {
  customerId: string;
  entityId: string;
  /** The header that an admin of the customer comes with. */
  authorization: string;
  /** That of an admin who sees this entity alone. */
  limitedAuthorization: string;
  employer: ModelEmployer;
  /** Its customer was on the former plan: only selective mode is allowed. */
  migrated: boolean;
  /** The mode that is confirmed first. */
  startsAs: "full" | "selective";
}

/** One seed's world: who there is, what is switched on, and what the simulation remembers of it. */
export interface World {
  product: SimulatedProduct;
  clock: Clock;
  liantis: ModelLiantis;
  chance: Chance;
  entities: ModelEntity[];
  swarm: Swarm;
  /** A mark that nobody has yet. */
  nextMark(): string;
  memory: Memory;
  /** Calls of people that were answered, by path and status. */
  answers: Map<string, number>;
}

/** Which fields each linked worker had filled when a run applied them last: by entity and worker. */
export type FilledMemory = Map<string, Set<string>>;

/** What earlier runs showed, as far as later ones are judged by it. */
export interface Memory {
  filled: FilledMemory;
  /** Run that was held → what it was held for. */
  held: Map<string, string>;
  /** Runs that apply a preview: it was seen and confirmed with everything that is odd about it. */
  confirmed: Set<string>;
}

const marksFrom = 1000;

/** Builds the world of a seed over emptied tables. The same seed builds the same world. */
export async function buildWorld(product: SimulatedProduct, seed: number): Promise<World> {
  await emptyTables(product.owner);
  const chance = chanceOf(seed);
  // Some begin shortly before the clocks change.
  const clock = clockAt(
    chance.pick(["2026-03-02T09:00:00Z", "2026-03-27T09:00:00Z", "2026-10-23T08:00:00Z"]),
  );
  const liantis = modelLiantis(clock);
  Object.assign(product.played, { clock, liantis });
  product.queue.clear();
  product.commits.set(null);
  Object.assign(product.sizes, { pageSize: chance.pick([1, 2, 3, 5]), batchSize: chance.pick([1, 2, 3, 4]) });
  let marks = marksFrom;
  const world: World = {
    product,
    clock,
    liantis,
    chance,
    entities: [],
    swarm: drawSwarm(chance),
    nextMark: () => `zq${marks++}`,
    memory: { filled: new Map(), held: new Map(), confirmed: new Set() },
    answers: new Map(),
  };
  const customers = chance.pick([1, 1, 1, 1, 2, 3]);
  for (let customer = 0; customer < customers; customer += 1) await addCustomer(world, customer);
  return world;
}

/** What any firm has all the time: records that are not in order, wages that nobody expects, and somebody who answers for them. */
const everywhere = ["break_field", "jump_wage", "decide_hold"] as const;

/** A provider that lies about everybody at once: what the guards are for, so one of them is never far. */
const disasters = [
  "empty_listing",
  "field_null_everywhere",
  "field_missing_everywhere",
  "field_blank_everywhere",
] as const;

function drawSwarm(chance: Chance): Swarm {
  const faults = chance.happens(0.25)
    ? []
    : [chance.pick(disasters), ...chance.shuffled(faultKinds).slice(0, 1 + chance.below(8))];
  const optional = stepKinds.filter((kind) => !kind.startsWith("sync"));
  const steps = chance.shuffled(optional).slice(0, 6 + chance.below(optional.length - 6));
  // Questions are answered more often than other things happen, or hardly any would be.
  return { faults, steps: [...new Set([...steps, ...everywhere]), "decide_hold", "decide_hold"] };
}

async function addCustomer(world: World, place: number): Promise<void> {
  const { chance, product, clock } = world;
  const customerId = idOf(chance);
  const at = clock.date().toISOString();
  const migrated = chance.happens(0.15);
  await product.owner.query(
    `insert into customers (customer_id, name, language, migrated_from_flex_plan, liantis_available_at, created_at)
     values ($1, $2, $3, $4, $5, $5)`,
    [customerId, `Customer ${place}`, chance.pick(["nl", "fr", "en"]), migrated, at],
  );
  const key = await giveApiKey(product.owner, { customerId, entityIds: null, at });
  const entities = chance.pick([1, 1, 1, 2, 2, 3]);
  for (let entity = 0; entity < entities; entity += 1)
    await addEntity(world, { customerId, authorization: `Bearer ${key}`, migrated });
}

async function addEntity(
  world: World,
  { customerId, authorization, migrated }: Pick<ModelEntity, "customerId" | "authorization" | "migrated">,
): Promise<void> {
  const { chance, product, clock, liantis } = world;
  const number = enterpriseNumber(300 + world.entities.length);
  const entityId = idOf(chance);
  const at = clock.date().toISOString();
  await product.owner.query(
    `insert into entities (customer_id, entity_id, name, vat_number, confirmed_number, confirmed_at, created_at)
     values ($1, $2, $3, $4, $4, $5, $5)`,
    [customerId, entityId, `Entity ${world.entities.length}`, number, at],
  );
  await product.owner.query(
    "insert into enterprise_number_claims (enterprise_number, customer_id, entity_id, claimed_at) values ($1, $2, $3, $4)",
    [number, customerId, entityId, at],
  );
  await product.owner.query(
    `insert into connections (customer_id, entity_id, state, enterprise_number, updated_at) values ($1, $2, 'choosing', $3, $4)`,
    [customerId, entityId, number, at],
  );
  const employer: ModelEmployer = { number, consent: "granted", workers: new Map() };
  const people = chance.happens(0.1) ? 10 + chance.below(20) : 1 + chance.below(9);
  for (let one = 0; one < people; one += 1) {
    const worker = newWorker(chance, world.nextMark(), clock.today());
    employer.workers.set(worker.workerId, worker);
  }
  liantis.employers.set(number, employer);
  const startsAs = migrated || chance.happens(0.15) ? "selective" : "full";
  const limitedKey = await giveApiKey(product.owner, { customerId, entityIds: [entityId], at });
  const limitedAuthorization = `Bearer ${limitedKey}`;
  world.entities.push({
    customerId,
    entityId,
    authorization,
    limitedAuthorization,
    employer,
    migrated,
    startsAs,
  });
}

/** Ten digits with the check digits of a Belgian enterprise. */
function enterpriseNumber(serial: number): string {
  const body = `0${String(7_000_000 + serial * 37)}`;
  return `${body}${String(97 - (Number(body) % 97)).padStart(2, "0")}`;
}

/** An id drawn from the seed, in the form of a UUID. */
function idOf(chance: Chance): string {
  const hex = Array.from({ length: 4 }, () => chance.seed().toString(16).padStart(8, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
