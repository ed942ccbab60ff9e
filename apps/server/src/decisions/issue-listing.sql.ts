import { sql } from "kysely";
import type { Issue } from "./issues.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface IssueRecord extends Issue {
  employee_name: string | null;
  /** Of the linked employee now. */
  employee_number: string | null;
  enterprise_number: string | null;
}

export interface IssueFilter {
  customerId: string;
  entityId: string | null;
  issueId: string | null;
  status: Issue["status"] | null;
  /** Null: every code. */
  codes: string[] | null;
  employeeId: string | null;
}

/** Issues, the longest open ones first. */
export async function listIssues(
  trx: TenantTransaction,
  filter: IssueFilter,
  page: { limit: number; after: [firstSeenAt: string, issueId: string] | null },
): Promise<{ issues: IssueRecord[]; total: number }> {
  const matching = sql`
    i.customer_id = ${filter.customerId}
    and (${filter.entityId}::uuid is null or i.entity_id = ${filter.entityId}::uuid)
    and (${filter.issueId}::uuid is null or i.issue_id = ${filter.issueId}::uuid)
    and (${filter.status}::text is null or i.status = ${filter.status})
    and (${filter.codes}::text[] is null or i.code = any (${filter.codes}::text[]))
    and (${filter.employeeId}::uuid is null or i.employee_id = ${filter.employeeId}::uuid)`;
  const [firstSeenAt, issueId] = page.after ?? [null, null];
  const { rows: issues } = await sql<IssueRecord>`
    select i.*, coalesce(trim(e.first_name || ' ' || e.last_name), nullif(i.params->>'name', '')) as employee_name, e.employee_number, c.enterprise_number
    from issues i
    left join employees e on e.customer_id = i.customer_id and e.employee_id = i.employee_id
    left join connections c on c.customer_id = i.customer_id and c.entity_id = i.entity_id
    where ${matching}
      and (${firstSeenAt}::timestamptz is null or (i.first_seen_at, i.issue_id) > (${firstSeenAt}::timestamptz, ${issueId}::uuid))
    order by i.first_seen_at, i.issue_id limit ${page.limit}`.execute(trx);
  const { rows: totals } = await sql<{ total: number }>`
    select count(*)::int as total from issues i where ${matching}`.execute(trx);
  return { issues, total: totals[0]?.total ?? 0 };
}

/** @returns false when it is not open any more */
export async function acceptIssue(
  trx: TenantTransaction,
  customerId: string,
  issueId: string,
  acceptance: { reason: string | null; reviewOn: string | null; at: string; by: string },
): Promise<boolean> {
  const result = await trx
    .updateTable("issues")
    .set({
      status: "accepted",
      accepted_reason: acceptance.reason,
      accepted_at: acceptance.at,
      accepted_by: acceptance.by,
      review_on: acceptance.reviewOn,
    })
    .where("customer_id", "=", customerId)
    .where("issue_id", "=", issueId)
    .where("status", "=", "open")
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
