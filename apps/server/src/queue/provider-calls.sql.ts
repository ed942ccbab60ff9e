import { sql } from "kysely";
import type { Database } from "../postgres/database.ts";

/** How many calls to the provider all processes together may have in progress, and may start in a second. */
export interface ProviderLimits {
  callsAtOnce: number;
  callsPerSecond: number;
}

export interface ProviderCall {
  callId: string;
  customerId: string;
  /** The process that makes the call. */
  holderId: string;
}

/** Notified with the id of a waiting call that got its place from another process. */
export const callChannel = "payflip_provider_call";

/** The places of a process that does not renew them for so long are free again. */
const alive = sql`interval '10 seconds'`;

/** Adds a call to the line. @returns the calls of this process that may start now */
export async function enterCall(
  db: Database,
  { callId, customerId, holderId, urgent }: ProviderCall & { urgent: boolean },
  limits: ProviderLimits,
): Promise<string[]> {
  const { rows } = await sql<Started>`
    select enter_provider_call(${customerId}, ${callId}, ${holderId}, ${urgent}, ${alive}, ${limitsOf(limits)}) as calls`.execute(
    db,
  );
  return rows[0]?.calls ?? [];
}

/**
 * Takes a call out of the line, or gives its place back.
 * @param restMs for how long the provider asked for no calls; null: it did not ask
 * @returns the calls of this process that may start now
 */
export async function leaveCall(
  db: Database,
  { callId, customerId, holderId }: ProviderCall,
  limits: ProviderLimits,
  restMs: number | null,
): Promise<string[]> {
  const { rows } = await sql<Started>`
    select leave_provider_call(${customerId}, ${callId}, ${holderId},
      ${restMs}::float8 * interval '1 millisecond', ${limitsOf(limits)}) as calls`.execute(db);
  return rows[0]?.calls ?? [];
}

/** Renews the places of this process, waiting or taken; other places of it expire. @returns the calls that may start now */
export async function keepCalls(
  db: Database,
  { holderId, callIds }: { holderId: string; callIds: readonly string[] },
  limits: ProviderLimits,
): Promise<string[]> {
  const { rows } = await sql<Started>`
    select keep_provider_calls(${holderId}, ${callIds}, ${alive}, ${limitsOf(limits)}) as calls`.execute(db);
  return rows[0]?.calls ?? [];
}

interface Started {
  calls: string[];
}

/** Uses the clock of the database, since those of the processes may differ. */
function limitsOf({ callsAtOnce, callsPerSecond }: ProviderLimits) {
  return sql`${callsAtOnce}, ${callsPerSecond}, clock_timestamp()`;
}
