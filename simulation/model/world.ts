import type { Swarm } from "../steps/steps.ts";
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
  /** The authorization header of an admin of the whole customer. */
  authorization: string;
  /** The authorization header of an admin of this entity alone. */
  limitedAuthorization: string;
  employer: ModelEmployer;
  /** The customer was on the former plan, which allows selective mode only. */
  migrated: boolean;
  /** The mode in which the entity is confirmed first. */
  startsAs: "full" | "selective";
}

/** The world of one seed: its entities, the steps and faults it uses, and what the simulation remembers of earlier runs. */
export interface World {
  product: SimulatedProduct;
  clock: Clock;
  liantis: ModelLiantis;
  chance: Chance;
  entities: ModelEntity[];
  swarm: Swarm;
  /** A mark that no person has yet. */
  nextMark(): string;
  memory: Memory;
  /** Number of API calls, by path and status. */
  answers: Map<string, number>;
}

/** The fields that were filled when a run last applied a linked worker: by entity and worker. */
export type FilledMemory = Map<string, Set<string>>;

/** Results of earlier runs that the judgement of later runs needs. */
export interface Memory {
  filled: FilledMemory;
  /** The reasons of each held run, by run id. */
  held: Map<string, string>;
  /** Runs that apply a confirmed preview: whatever looks wrong in it was accepted. */
  confirmed: Set<string>;
}

const marksFrom = 1000;

/** Empties the tables and builds the world of a seed. The same seed builds the same world. */
export async function buildWorld(product: SimulatedProduct, seed: number): Promise<World> {
  await emptyTables(product.owner);
  const chance = chanceOf(seed);
  // Two of the three begin shortly before daylight saving time changes.
  const clock = clockAt(
    chance.pick(["2026-03-02T09:00:00Z", "2026-03-27T09:00:00Z", "2026-10-23T08:00:00Z"]),
  );
  const liantis = modelLiantis(clock);
  Object.assign(product.model, { clock, liantis });
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

/** Steps that every seed uses: broken records, wages that jump, and answers to holds. */
const everywhere = ["break_field", "jump_wage", "decide_hold"] as const;

/** Faults of the whole listing, which the guards exist for: every seed with faults has one of them. */
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
  // Holds are answered more often than other steps happen: otherwise most would stay open.
  return { faults, steps: [...new Set([...steps, ...everywhere]), "decide_hold", "decide_hold"] };
}

async function addCustomer(world: World, place: number): Promise<void> {
  const { chance, product, clock } = world;
  const customerId = idOf(chance);
  const createdAt = clock.date().toISOString();
  const migrated = chance.happens(0.15);
  await product.owner.query(
    `insert into customers (customer_id, name, language, migrated_from_flex_plan, liantis_available_at, created_at)
     values ($1, $2, $3, $4, $5, $5)`,
    [customerId, `Customer ${place}`, chance.pick(["nl", "fr", "en"]), migrated, createdAt],
  );
  const key = await product.createApiKey({ customerId, role: "admin", entityIds: null, wages: true });
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
  const createdAt = clock.date().toISOString();
  await product.owner.query(
    `insert into entities (customer_id, entity_id, name, vat_number, confirmed_number, confirmed_at, created_at)
     values ($1, $2, $3, $4, $4, $5, $5)`,
    [customerId, entityId, `Entity ${world.entities.length}`, number, createdAt],
  );
  await product.owner.query(
    "insert into enterprise_number_claims (enterprise_number, customer_id, entity_id, claimed_at) values ($1, $2, $3, $4)",
    [number, customerId, entityId, createdAt],
  );
  await product.owner.query(
    `insert into connections (customer_id, entity_id, state, enterprise_number, updated_at) values ($1, $2, 'choosing', $3, $4)`,
    [customerId, entityId, number, createdAt],
  );
  const employer: ModelEmployer = { number, consent: "granted", workers: new Map() };
  const people = chance.happens(0.1) ? 10 + chance.below(20) : 1 + chance.below(9);
  for (let one = 0; one < people; one += 1) {
    const worker = newWorker(chance, world.nextMark(), clock.today());
    employer.workers.set(worker.workerId, worker);
  }
  liantis.employers.set(number, employer);
  const startsAs = migrated || chance.happens(0.15) ? "selective" : "full";
  const limitedKey = await product.createApiKey({
    customerId,
    role: "admin",
    entityIds: [entityId],
    wages: true,
  });
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
