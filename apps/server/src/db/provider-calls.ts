import { sql } from "kysely";
import type { Database } from "./database.ts";
import { strangerTransaction, type TenantTransaction } from "./transaction.ts";

/** How many calls to the provider all processes together may have under way, and begin in a second. */
export interface ProviderLimits {
  callsAtOnce: number;
  callsPerSecond: number;
}

export interface WaitingCall {
  callId: string;
  customerId: string;
  /** The process that makes the call. */
  holderId: string;
  urgent: boolean;
}

/** Told, with its id, when a call of another process got its place. */
export const callChannel = "payflip_provider_call";

/** A process that says nothing for so long is gone, and its places are free again. */
const aliveSeconds = 10;

/** Puts a call into the line. @returns the calls of this process that may start now */
export async function enterCall(db: Database, call: WaitingCall, limits: ProviderLimits): Promise<string[]> {
  const { callId, customerId, holderId, urgent } = call;
  return await inLine(db, async (trx) => {
    await sql`
      insert into provider_calls (customer_id, call_id, holder_id, urgent, asked_at, alive_until)
      values (${customerId}, ${callId}, ${holderId}, ${urgent}, clock_timestamp(),
              clock_timestamp() + ${aliveSeconds} * interval '1 second')`.execute(trx);
    return await startNext(trx, holderId, limits);
  });
}

/**
 * Takes a call out of the line, or gives its place back.
 * @param restMs for how long the provider asked that nobody calls; null: it did not
 * @returns the calls of this process that may start now
 */
export async function leaveCall(
  db: Database,
  { customerId, callId, holderId }: Omit<WaitingCall, "urgent">,
  limits: ProviderLimits,
  restMs: number | null,
): Promise<string[]> {
  return await inLine(db, async (trx) => {
    await sql`delete from provider_calls where customer_id = ${customerId} and call_id = ${callId}`.execute(
      trx,
    );
    // The pace counts as used up until then: the first call after the rest is one, not a burst.
    if (restMs !== null)
      await sql`
        update provider_pace set used_until = greatest(used_until,
          clock_timestamp() + ${restMs} * interval '1 millisecond' + interval '1 second')`.execute(trx);
    return await startNext(trx, holderId, limits);
  });
}

/** Says that this process still needs these places, waiting or taken; others are free again in time. @returns those that it has */
export async function keepCalls(
  db: Database,
  { holderId, callIds }: { holderId: string; callIds: readonly string[] },
  limits: ProviderLimits,
): Promise<string[]> {
  return await inLine(db, async (trx) => {
    await sql`
      update provider_calls set alive_until = clock_timestamp() + ${aliveSeconds} * interval '1 second'
      where holder_id = ${holderId} and call_id = any (${callIds}::uuid[])`.execute(trx);
    await sql`delete from provider_calls where alive_until < clock_timestamp()`.execute(trx);
    await startNext(trx, holderId, limits);
    const { rows } = await sql<{ call_id: string }>`
      select call_id from provider_calls where holder_id = ${holderId} and started_at is not null`.execute(
      trx,
    );
    return rows.map((row) => row.call_id);
  });
}

/** One process at a time decides who is next. */
async function inLine<T>(db: Database, work: (trx: TenantTransaction) => Promise<T>): Promise<T> {
  return await strangerTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('provider calls'))`.execute(trx);
    return await work(trx);
  });
}

/**
 * Starts whoever is next while there is room: calls that somebody waits for, then those of the night; among them every
 * customer in turn, so that one with many calls waiting is no longer in the way than one with a single call. The clock is
 * the database's: the processes' own may differ.
 */
async function startNext(
  trx: TenantTransaction,
  holderId: string,
  { callsAtOnce, callsPerSecond }: ProviderLimits,
): Promise<string[]> {
  const { rows } = await sql<{ call_id: string; holder_id: string }>`
    with alive as (
      select * from provider_calls where alive_until >= clock_timestamp()),
    room as (
      select least(
        ${callsAtOnce}::numeric - (select count(*) from alive where started_at is not null),
        floor(${callsPerSecond}::numeric
          * (1 - greatest(0, extract(epoch from coalesce(max(used_until), 'epoch') - clock_timestamp()))))) as calls
      from provider_pace),
    line as (
      select customer_id, call_id, urgent, asked_at, last_started_at,
             row_number() over (partition by customer_id order by urgent desc, asked_at)
               + (select count(*) from alive running
                  where running.customer_id = waiting.customer_id and running.started_at is not null) as turn
      from alive waiting left join provider_turns using (customer_id) where started_at is null),
    next as (
      select customer_id, call_id from line order by urgent desc, turn, last_started_at nulls first, asked_at
      limit greatest(0, (select calls from room))::int),
    started as (
      update provider_calls c set started_at = clock_timestamp() from next
      where c.customer_id = next.customer_id and c.call_id = next.call_id
      returning c.customer_id, c.call_id, c.holder_id),
    used as (
      select count(*) * interval '1 second' / ${callsPerSecond}::float8 as time from started having count(*) > 0),
    paced as (
      update provider_pace set used_until = greatest(used_until, clock_timestamp()) + used.time from used),
    paced_first as (
      insert into provider_pace (used_until) select clock_timestamp() + used.time from used
      where not exists (select from provider_pace)),
    turns as (
      insert into provider_turns (customer_id, last_started_at)
      select distinct customer_id, clock_timestamp() from started
      on conflict (customer_id) do update set last_started_at = excluded.last_started_at)
    select call_id, holder_id, case when holder_id <> ${holderId} then pg_notify(${callChannel}, call_id::text) end
    from started`.execute(trx);
  return rows.filter((row) => row.holder_id === holderId).map((row) => row.call_id);
}
