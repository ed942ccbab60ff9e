import type { BenchDatabase } from "./databases.ts";
import type { SideName } from "./measure.ts";
import { changedOf, contractsOf } from "./people.ts";

export type PhaseName = "first" | "again" | "onePercent";
/** In their order. */
export const phaseNames: readonly PhaseName[] = ["first", "again", "onePercent"];

/** The tables of one side after a phase: the number of rows, and a checksum over values, versions and places. */
export type State = Record<string, { rows: number; checksum: string }>;

const tablesOf: Record<SideName, string[]> = {
  floor: ["floor.employees", "floor.wage_contracts", "floor.changes"],
  us: ["employees", "wage_contracts", "links", "changes"],
};

/** A row that was written again has another place and another transaction, even with equal values. */
export async function readState(database: BenchDatabase, side: SideName): Promise<State> {
  const state: State = {};
  for (const table of tablesOf[side]) {
    const [row] = await database.rows<{ rows: number; checksum: string }>(
      `select count(*)::int as rows,
              coalesce(bit_xor(hashtextextended(t::text || ' ' || t.ctid::text || ' ' || t.xmin::text, 0)), 0)::text as checksum
       from ${table} t where customer_id = $1`,
      [database.measured.customerId],
    );
    if (row) state[table] = row;
  }
  return state;
}

export interface Phase {
  side: SideName;
  phase: PhaseName;
  people: number;
  before: State;
  after: State;
}

/** @returns a sentence for each difference from what must be there */
export async function checkPhase(database: BenchDatabase, phase: Phase): Promise<string[]> {
  const wrong = [...rowsWrong(phase), ...(phase.side === "us" ? await countsWrong(database, phase) : [])];
  return wrong.map((sentence) => `${phase.side}, ${phase.phase}, ${phase.people} people: ${sentence}`);
}

function rowsWrong({ side, phase, people, before, after }: Phase): string[] {
  if (phase === "again")
    return Object.keys(after)
      .filter((table) => before[table]?.checksum !== after[table]?.checksum)
      .map((table) => `an unchanged listing wrote to ${table}`);
  const rows = (table: string) => after[side === "floor" ? `floor.${table}` : table]?.rows ?? 0;
  const written =
    rows("changes") -
    (phase === "first" ? 0 : (before[side === "floor" ? "floor.changes" : "changes"]?.rows ?? 0));
  const expected = phase === "first" ? people + contractsOf(people) : changedOf(people);
  return [
    ...differs("employees", rows("employees"), people),
    ...differs("wage contracts", rows("wage_contracts"), contractsOf(people)),
    ...differs("changes", written, expected),
    ...(side === "us" ? differs("links", rows("links"), people) : []),
  ];
}

async function countsWrong(database: BenchDatabase, { phase, people }: Phase): Promise<string[]> {
  const [run] = await database.rows<{ verdict: string; counts: Record<string, number> }>(
    "select verdict, counts from runs where customer_id = $1 order by created_at desc, run_id desc limit 1",
    [database.measured.customerId],
  );
  const { fetched = 0, absent = 0, ...buckets } = run?.counts ?? {};
  const countOf = (bucket: string) => buckets[bucket] ?? 0;
  const changed = phase === "onePercent" ? changedOf(people) : 0;
  return [
    ...(run?.verdict === "in_order" ? [] : [`the verdict is ${run?.verdict ?? "missing"}`]),
    ...differs("fetched", fetched, people),
    ...differs("absent", absent, 0),
    ...differs(
      "all buckets together",
      Object.values(buckets).reduce((sum, count) => sum + count, 0),
      people,
    ),
    ...differs("created", countOf("created"), phase === "first" ? people : 0),
    ...differs("updated", countOf("updated"), changed),
    ...differs("unchanged", countOf("unchanged"), phase === "first" ? 0 : people - changed),
  ];
}

function differs(what: string, actual: number, expected: number): string[] {
  return actual === expected ? [] : [`${what}: ${actual} instead of ${expected}`];
}

/** Both sides must have written the same values. */
export async function checkSameValues(floor: BenchDatabase, us: BenchDatabase): Promise<string[]> {
  const values = async (database: BenchDatabase, schema: string) =>
    (
      await database.rows<{ text: string }>(
        `select concat_ws(' ',
           (select concat_ws(' ', count(*), bit_xor(hashtextextended(concat_ws('|', email, first_name, last_name, start_date, employee_number,
                             current_contract_id, language), 0)))
            from ${schema}.employees where customer_id = $1),
           (select concat_ws(' ', count(*), sum(gross_amount), sum(weekly_hours), bit_xor(hashtextextended(concat_ws('|', contract_id, start_date, end_date), 0)))
            from ${schema}.wage_contracts where customer_id = $1)) as text`,
        [database.measured.customerId],
      )
    )[0]?.text;
  const [one, other] = await Promise.all([values(floor, "floor"), values(us, "public")]);
  return one === other ? [] : [`the floor and we came to different values: ${one ?? ""} and ${other ?? ""}`];
}
