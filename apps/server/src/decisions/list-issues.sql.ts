import { sql } from "kysely";
import type { IssueRow } from "../postgres/rows/issues-and-holds.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface IssueRecord {
  issueId: string;
  entityId: string;
  code: string;
  /** Null for an issue of the whole run. */
  workerId: string | null;
  /** Null for an issue of the person. */
  contractId: string | null;
  employeeId: string | null;
  employeeName: string | null;
  /** The number that the linked employee has now. */
  employeeNumber: string | null;
  enterpriseNumber: string | null;
  params: Record<string, string>;
  status: IssueRow["status"];
  firstSeenAt: string;
  lastSeenAt: string;
  /** The number of runs that saw it. */
  runs: number;
  acceptedReason: string | null;
  reviewOn: string | null;
}

export interface IssueFilter {
  customerId: string;
  entityId: string | null;
  issueId: string | null;
  status: IssueRow["status"] | null;
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
    select i.issue_id as "issueId",
           i.entity_id as "entityId",
           i.code,
           nullif(i.worker_id, '') as "workerId",
           nullif(i.contract_id, '') as "contractId",
           i.employee_id as "employeeId",
           coalesce(trim(e.first_name || ' ' || e.last_name), nullif(i.params->>'name', '')) as "employeeName",
           e.employee_number as "employeeNumber",
           c.enterprise_number as "enterpriseNumber",
           i.params,
           i.status,
           i.first_seen_at as "firstSeenAt",
           i.last_seen_at as "lastSeenAt",
           i.runs,
           i.accepted_reason as "acceptedReason",
           i.review_on as "reviewOn"
    from issues i
    left join employees e on e.customer_id = i.customer_id and e.employee_id = i.employee_id
    left join connections c on c.customer_id = i.customer_id and c.entity_id = i.entity_id
    where ${matching}
      and (
        ${firstSeenAt}::timestamptz is null
        or (i.first_seen_at, i.issue_id) > (${firstSeenAt}::timestamptz, ${issueId}::uuid)
      )
    order by i.first_seen_at, i.issue_id
    limit ${page.limit}`.execute(trx);
  const { rows: totals } = await sql<{ total: number }>`
    select count(*)::int as total from issues i where ${matching}`.execute(trx);
  return { issues, total: totals[0]?.total ?? 0 };
}
