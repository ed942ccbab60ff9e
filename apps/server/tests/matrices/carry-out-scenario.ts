import assert from "node:assert/strict";
import { decideChoices } from "../../src/choices/choices.sql.ts";
import { emptyCounts } from "../../src/domain/plan/counts.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import type { StoredRun } from "../../src/runs/runs.sql.ts";
import type { WireRecord } from "./contract-liantis.ts";
import { type Firms, wireWorker } from "./firms.ts";
import {
  accented,
  linkedNames,
  type Outcome,
  type Scenario,
  type ScenarioFirm,
  type Who,
} from "./identity-scenarios.ts";

export interface Order {
  name: string;
  arrange: (people: WireRecord[]) => WireRecord[];
}

/** The orders in which Liantis lists people: the result must be the same. */
export const orders: readonly Order[] = [
  { name: "as they are", arrange: (people) => people },
  { name: "the other way round", arrange: (people) => people.toReversed() },
  {
    name: "from the middle on",
    arrange: (people) => [...people.slice(people.length / 2), ...people.slice(0, people.length / 2)],
  },
];

export const modes = ["full", "selective"] as const;
export type Mode = (typeof modes)[number];

/** Every listing of selective mode has a person without a choice: they wait, and nothing is written of them. */
const unchosen = "stil";

/** Carries out a scenario from its linked people to the nights after; what is not expected to change must stay. */
export async function carryOutScenario(
  firms: Firms,
  scenario: Scenario,
  order: Order,
  mode: Mode,
): Promise<void> {
  const scenarioFirm = await openScenarioFirm(firms);
  const { firm, newWorker, addressOf } = scenarioFirm;
  const names = linkedNames.slice(0, scenario.size ?? linkedNames.length);
  const linked = names.map((name) =>
    name === accented.name ? newWorker(name, { email: addressOf(accented.local) }) : newWorker(name),
  );
  const silent = mode === "selective" ? [newWorker(unchosen)] : [];
  if (mode === "selective") await choose(scenarioFirm, names);
  firm.list(order.arrange([...linked, ...silent]));
  assert.equal((await firm.sync()).verdict, "in_order");
  const before = await peopleOf(scenarioFirm);
  assert.equal(before.size, names.length);
  await scenario.before?.(scenarioFirm);

  const { changed = {}, newcomers = [] } = scenario.listed(scenarioFirm);
  const listed = [...linked, ...newcomers].flatMap((worker) => {
    const change = changed[nameOf(worker)];
    return change === null ? [] : [{ ...worker, ...change }];
  });
  if (mode === "selective") await choose(scenarioFirm, newcomers.map(nameOf));
  firm.list(order.arrange([...listed, ...silent]));
  const { first, settled } = waitingToo(scenario, silent.length);
  await assertOutcome(scenarioFirm, before, await firm.sync(), first);
  let last: StoredRun | null = null;
  for (let night = 0; night < (settled?.nights ?? 1); night += 1) last = await firm.sync();
  assert.ok(last);
  await assertOutcome(scenarioFirm, before, last, settled ?? first);
}

function nameOf(worker: WireRecord): string {
  return String(worker["workerId"]).replace("w-", "");
}

/** In selective mode the outcome is the same, beside those who wait. */
function waitingToo({ first, settled }: Scenario, waiting: number): Pick<Scenario, "first" | "settled"> {
  const also = <One extends Outcome>(one: One): One => ({ ...one, counts: { ...one.counts, waiting } });
  return { first: also(first), ...(settled ? { settled: also(settled) } : {}) };
}

async function choose({ firms, firm }: ScenarioFirm, names: string[]): Promise<void> {
  const { customerId, entityId } = firm;
  await firm.rows("update connections set mode = 'selective' where customer_id = $1 and entity_id = $2", [
    customerId,
    entityId,
  ]);
  await tenantTransaction(firms.database.db, { customerId, entityIds: "all" }, "app", (trx) =>
    decideChoices(
      trx,
      { customerId, entityId, decidedAt: firms.clock.now, decidedBy: null },
      { select: names.map((name) => `w-${name}`), drop: [] },
    ),
  );
}

let stages = 0;

async function openScenarioFirm(firms: Firms): Promise<ScenarioFirm> {
  stages += 1;
  const domain = `toneel-${stages}.example`;
  const addressOf = (local: string) => `${local}@${domain}`;
  const newWorker = (name: string, fields: WireRecord = {}) =>
    wireWorker(name, {
      firstName: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
      email: addressOf(name),
      ...fields,
    });
  return { firms, firm: await firms.addFirm({ pages: 3 }), newWorker, addressOf };
}

async function assertOutcome(
  scenarioFirm: ScenarioFirm,
  before: ReadonlyMap<string, Who>,
  run: StoredRun,
  { counts, people = {}, issues = [], holds = [] }: Outcome,
): Promise<void> {
  assert.deepEqual(run.counts, { ...emptyCounts(), fetched: run.counts.fetched, ...counts });
  assert.deepEqual(
    await peopleOf(scenarioFirm),
    new Map([...before, ...Object.entries(people)].toSorted(byName)),
  );
  assert.deepEqual(await openOf(scenarioFirm, "issues"), issues);
  assert.deepEqual(await openOf(scenarioFirm, "holds"), holds);
  const [touched] = await scenarioFirm.firm.rows<{ people: number }>(
    `select count(distinct worker_id)::int as people from changes where customer_id = $1 and run_id = $2`,
    [scenarioFirm.firm.customerId, run.runId],
  );
  const written = run.counts.created + run.counts.updated + run.counts.linked;
  assert.equal(touched?.people, written);
}

/** The linked people, by worker. No one of them may be deactivated, and each has exactly the contract of before. */
async function peopleOf({ firm, addressOf }: ScenarioFirm): Promise<Map<string, Who>> {
  const rows = await firm.rows<{ worker: string; who: Who; well: boolean }>(
    `select substr(l.worker_id, 3) as worker,
            json_build_array(e.first_name, e.employee_number, replace(e.email, $3, ''),
                             replace(a.email, $3, '') || coalesce((select ' (' || m.role || ')' from memberships m where m.account_id = a.account_id), '')) as who,
            e.deactivated_at is null and (select array_agg(c.contract_id) from wage_contracts c where c.employee_id = e.employee_id)
              = array['c-' || substr(l.worker_id, 3)] as well
     from links l join employees e using (customer_id, employee_id) join accounts a using (account_id)
     where l.customer_id = $1 and l.entity_id = $2`,
    [firm.customerId, firm.entityId, addressOf("")],
  );
  assert.ok(rows.every((row) => row.well));
  return new Map(rows.map(({ worker, who }): [string, Who] => [worker, who]).toSorted(byName));
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

async function openOf({ firm }: ScenarioFirm, table: "issues" | "holds"): Promise<[string, string][]> {
  const code = table === "issues" ? "code" : "reasons -> 0 ->> 'code'";
  const rows = await firm.rows<{ worker: string; code: string }>(
    `select substr(worker_id, 3) as worker, ${code} as code from ${table}
     where customer_id = $1 and entity_id = $2 and status = 'open' order by worker_id, 2`,
    [firm.customerId, firm.entityId],
  );
  return rows.map(({ worker, code }) => [worker, code]);
}
