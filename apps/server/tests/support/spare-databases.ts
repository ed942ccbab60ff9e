import process from "node:process";
import pg from "pg";

/**
 * Databases that tests of this process are done with. Emptying one is a fraction of the work of making one, most of all
 * where the file system is slow at files that come and go: a database is five hundred of them.
 */
const spare: { clusterUrl: string; name: string }[] = [];

/**
 * Notes in the template what an emptied copy has to be like: whose rows stay, with what in them, and that nothing but rows
 * was changed. A sequence does not go back with a transaction, so that no change of the tables is missed.
 */
export const watchOverCopies = `
  create schema test_watch;
  create sequence test_watch.changes;
  create function test_watch.note() returns event_trigger language plpgsql security definer as
    $$ begin perform nextval('test_watch.changes'); end $$;
  create table test_watch.kept as
    select c.oid::regclass::text as name, query_to_xml('table ' || c.oid::regclass, true, false, '')::text as content
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('public', 'pgboss') and pg_relation_size(c.oid) > 0;
  create event trigger noted on ddl_command_end execute function test_watch.note();`;

const lookedAt = `
  select
    (select is_called from test_watch.changes) or exists (
      select from test_watch.kept where query_to_xml('table ' || name, true, false, '')::text <> content) as other,
    array(
      select c.oid::regclass::text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('public', 'pgboss') and pg_relation_size(c.oid) > 0
        and c.oid::regclass::text not in (select name from test_watch.kept)) as filled`;

/** The test is done with it: its rows may stay until the next test needs a database. */
export function giveBack(clusterUrl: string, name: string): void {
  dropping ??= process.once("beforeExit", () => void dropSpare());
  spare.push({ clusterUrl, name });
}

let dropping: unknown;

/**
 * Makes an empty database of one that was given back, under a new name: late work of the former
 * test finds no database. @returns false when there is none that can be emptied
 */
export async function takeSpare(clusterUrl: string, newName: string): Promise<boolean> {
  const position = spare.findIndex((one) => one.clusterUrl === clusterUrl);
  const [found] = position === -1 ? [] : spare.splice(position, 1);
  if (!found) return false;
  await inCluster(clusterUrl, [
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${found.name}'`,
    `alter database ${found.name} rename to ${newName}`,
  ]);
  if (await inDatabase(clusterUrl, newName, empty)) return true;
  await inCluster(clusterUrl, [`drop database ${newName} with (force)`]);
  return await takeSpare(clusterUrl, newName);
}

/** Vacuumed as well, or what the next test writes would lie in another order than in a new database. */
async function empty(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ other: boolean; filled: string[] }>(lookedAt);
  const [found] = rows;
  if (!found || found.other) return false;
  if (found.filled.length === 0) return true;
  const deletes = found.filled.map((table) => `delete from ${table};`).join("");
  await client.query(`set session_replication_role = replica; ${deletes}`);
  await client.query(`vacuum (index_cleanup on, truncate on) ${found.filled.join(",")}`);
  return true;
}

async function dropSpare(): Promise<void> {
  for (const { clusterUrl, name } of spare.splice(0))
    await inCluster(clusterUrl, [`drop database ${name} with (force)`]);
}

/** Statements about databases, one after the other, over a connection that is kept for the next ones a while. */
export async function inCluster(clusterUrl: string, statements: readonly string[]): Promise<void> {
  const known = clusters.get(clusterUrl);
  const pool = known ?? new pg.Pool({ connectionString: clusterUrl, max: 2, allowExitOnIdle: true });
  if (!known) pool.on("error", () => {});
  clusters.set(clusterUrl, pool);
  const client = await pool.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    client.release();
  }
}

const clusters = new Map<string, pg.Pool>();

async function inDatabase<Result>(
  clusterUrl: string,
  name: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
