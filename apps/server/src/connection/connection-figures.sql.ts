import { sql } from "kysely";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface ConnectionFigures {
  /** Linked people. */
  employees: number;
  /** Open issues. */
  issues: number;
  /** Open tasks. */
  tasks: number;
  /** In selective mode: who waits for a choice, and who is not synchronised (excluded or released). */
  waiting: number;
  excluded: number;
}

/** The figures that a connection is shown with. */
export async function findConnectionFigures(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<ConnectionFigures> {
  const selective = sql`exists (
    select from connections where customer_id = ${customerId} and entity_id = ${entityId} and mode = 'selective')`;
  const { rows } = await sql<ConnectionFigures>`
    select
      (select count(*)::int from links where customer_id = ${customerId} and entity_id = ${entityId}) as employees,
      (select count(*)::int from issues where customer_id = ${customerId} and entity_id = ${entityId} and status = 'open') as issues,
      (select count(*)::int from tasks where customer_id = ${customerId} and entity_id = ${entityId} and status = 'open') as tasks,
      (select count(*)::int from choices where customer_id = ${customerId} and entity_id = ${entityId} and choice = 'waiting'
         and ${selective}) as waiting,
      (select count(*)::int from choices where customer_id = ${customerId} and entity_id = ${entityId}
         and choice in ('excluded', 'released') and ${selective}) as excluded`.execute(trx);
  const [figures] = rows;
  if (figures === undefined) throw new Error("figures have one row");
  return figures;
}
