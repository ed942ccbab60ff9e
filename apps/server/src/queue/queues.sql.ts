import { sql } from "kysely";
import { PgBoss, type Queue } from "pg-boss";
import { type Database, openDatabase } from "../postgres/database.ts";

/** Every queue and its policy. An exclusive queue refuses a second job with the same key. */
export const queues = {
  /** Finds every few minutes which connections are due for a run. */
  nightly: { name: "nightly", policy: "stately", retryLimit: 3, expireInSeconds: 300 },
  /** One run. A worker process that dies is noticed by its heartbeat, and another one continues the run. */
  sync: {
    name: "sync",
    policy: "exclusive",
    heartbeatSeconds: 10,
    expireInSeconds: 6 * 3600,
    retryLimit: 50,
    retryDelay: 1,
    retryBackoff: false,
    notify: true,
  },
  /** A run about one person. It never waits for the runs over whole listings. */
  checkPerson: {
    name: "check-person",
    policy: "exclusive",
    heartbeatSeconds: 10,
    expireInSeconds: 600,
    retryLimit: 50,
    retryDelay: 1,
    retryBackoff: false,
    notify: true,
  },
  mail: { name: "mail", policy: "standard", retryLimit: 8, retryDelay: 5, retryBackoff: true, notify: true },
  housekeeping: { name: "housekeeping", policy: "stately", retryLimit: 3 },
} as const satisfies Record<string, Queue & { name: string }>;

/** Installs the job tables and the queues as their owner. The role of the runtime may use them. */
export async function installQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 2, supervise: false, schedule: false });
  await boss.start();
  try {
    for (const { name, ...options } of Object.values(queues)) {
      if (await boss.getQueue(name)) {
        const { policy: _fixed, ...changeable } = options;
        await boss.updateQueue(name, changeable);
      } else {
        await boss.createQueue(name, options);
      }
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  await grantQueues(ownerUrl);
}

/** Whether `installQueues` completed; a first start may have been killed between the tables and the queues. */
export async function areQueuesInstalled(db: Database): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select coalesce(bool_or(has_schema_privilege('payflip_app', oid, 'usage')), false) as there
    from pg_namespace where nspname = 'pgboss'`.execute(db);
  if (!rows[0]?.there) return false;
  const installed = await sql<{ name: string }>`select name from pgboss.queue`.execute(db);
  const names = new Set(installed.rows.map((row) => row.name));
  return Object.values(queues).every(({ name }) => names.has(name));
}

/** In one transaction: the right to use the schema then means that the other rights were granted too. */
async function grantQueues(ownerUrl: string): Promise<void> {
  const { db, close } = openDatabase(ownerUrl, { max: 1 });
  try {
    await db.transaction().execute(async (trx) => {
      await sql`grant usage on schema pgboss to payflip_app`.execute(trx);
      await sql`grant select, insert, update, delete on all tables in schema pgboss to payflip_app`.execute(
        trx,
      );
      await sql`grant usage on all sequences in schema pgboss to payflip_app`.execute(trx);
      await sql`grant execute on all functions in schema pgboss to payflip_app`.execute(trx);
    });
  } finally {
    await close();
  }
}

/** Version and clock of the database, and whether the nightly job is scheduled. */
export async function findScheduleSigns(
  db: Database,
): Promise<{ version: string; now: string; nightlyScheduled: boolean }> {
  const { rows } = await sql<{ version: string; now: string; scheduled: boolean }>`
    select
      current_setting('server_version') as version,
      clock_timestamp() as now,
      exists (select from pgboss.schedule where name = 'nightly') as scheduled`.execute(db);
  const row = rows[0];
  if (!row) throw new Error("the database says nothing");
  return { version: row.version, now: row.now, nightlyScheduled: row.scheduled };
}
