import { sql } from "kysely";
import type { TenantTransaction } from "./transaction.ts";

/**
 * To be called first in a transaction that looks at a listing as a whole. The staging tables fill and empty within minutes, so
 * what the planner believes of their size is always wrong; believing them small it would compare everybody with everybody.
 * Without nested loops it hashes, and the time grows with the people, not with their square.
 */
export async function planForWholeListing(trx: TenantTransaction): Promise<void> {
  await sql`set local enable_nestloop = off`.execute(trx);
}

/**
 * Lets this transaction commit without waiting for the disk. Commits reach the disk in their order: whatever is on it later
 * has this one before it. For a step of a run, whose last step does wait; never for what somebody is told is done.
 */
export async function commitWithoutWaiting(trx: TenantTransaction): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(trx);
}
