import { sql } from "kysely";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface ConnectionFigures {
  /** Linked people. */
  employees: number;
  /** Open issues. */
  issues: number;
  /** Open tasks. */
  tasks: number;
  /** In selective mode: the people who wait for a choice. */
  waiting: number;
  /** In selective mode: the people who are not synchronised (excluded or released). */
  excluded: number;
}

/** The counts of a connection, as the screen shows them. */
export async function findConnectionFigures(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<ConnectionFigures> {
  const isOfEntity = sql`customer_id = ${customerId} and entity_id = ${entityId}`;
  const isSelective = sql`exists (select from connections where ${isOfEntity} and mode = 'selective')`;
  const { rows } = await sql<ConnectionFigures>`
    select
      (select count(*)::int from links where ${isOfEntity}) as employees,
      (select count(*)::int from issues where ${isOfEntity} and status = 'open') as issues,
      (select count(*)::int from tasks where ${isOfEntity} and status = 'open') as tasks,
      (select count(*)::int from choices where ${isOfEntity} and choice = 'waiting' and ${isSelective}) as waiting,
      (select count(*)::int
       from choices
       where ${isOfEntity} and choice in ('excluded', 'released') and ${isSelective}) as excluded`.execute(
    trx,
  );
  const [figures] = rows;
  if (figures === undefined) throw new Error("a select without from returned no row");
  return figures;
}
