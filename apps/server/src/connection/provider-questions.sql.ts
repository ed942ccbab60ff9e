import { sql } from "kysely";
import type { TenantTransaction } from "../postgres/transaction.ts";

/**
 * Counts a question that a person has asked at the provider. The count begins again when it is older than `beginAfter`.
 *
 * @returns how often it was asked, this time included, and since when
 */
export async function countProviderQuestion(
  trx: TenantTransaction,
  { customerId, subject }: { customerId: string; subject: string },
  { now, beginAfter }: { now: string; beginAfter: string },
): Promise<{ asked: number; since: string }> {
  const { rows } = await sql<{ asked: number; since: string }>`
    insert into provider_questions as q (customer_id, subject, asked, since)
    values (${customerId}, ${subject}, 1, ${now}::timestamptz)
    on conflict (customer_id, subject) do update
      set asked = case when q.since <= ${beginAfter}::timestamptz then 1 else q.asked + 1 end,
          since = case when q.since <= ${beginAfter}::timestamptz then excluded.since else q.since end
    returning asked, since`.execute(trx);
  const [counted] = rows;
  if (counted === undefined) throw new Error("the count of questions answered nothing");
  return counted;
}
