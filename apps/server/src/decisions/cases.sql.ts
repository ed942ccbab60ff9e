import type { CaseRecord } from "@payflip/contract/cases.ts";
import { sql } from "kysely";
import type { CaseRow } from "../postgres/rows/tasks-and-cases.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface SupportCaseRecord {
  caseId: string;
  customerId: string;
  customerName: string;
  entityId: string;
  kind: CaseRow["kind"];
  status: CaseRow["status"];
  workerId: string;
  employeeId: string;
  records: { old: CaseRecord; new: CaseRecord };
  openedAt: string;
  decidedAt: string | null;
  reason: string | null;
}

export interface CaseFilter {
  caseId: string | null;
  status: CaseRow["status"] | null;
}

/** The cases that the transaction may see, the longest open ones first. A platform transaction sees those of every customer. */
export async function listCases(
  trx: TenantTransaction,
  filter: CaseFilter,
  page: { limit: number; after: [openedAt: string, caseId: string] | null },
): Promise<{ cases: SupportCaseRecord[]; total: number }> {
  const matching = sql`
    (${filter.caseId}::uuid is null or c.case_id = ${filter.caseId}::uuid)
    and (${filter.status}::text is null or c.status = ${filter.status})`;
  const [openedAt, caseId] = page.after ?? [null, null];
  const { rows: cases } = await sql<SupportCaseRecord>`
    select c.case_id as "caseId",
           c.customer_id as "customerId",
           k.name as "customerName",
           c.entity_id as "entityId",
           c.kind,
           c.status,
           c.worker_id as "workerId",
           c.employee_id as "employeeId",
           c.records,
           c.opened_at as "openedAt",
           c.decided_at as "decidedAt",
           c.reason
    from cases c
    join customers k on k.customer_id = c.customer_id
    where ${matching}
      and (
        ${openedAt}::timestamptz is null
        or (c.opened_at, c.case_id) > (${openedAt}::timestamptz, ${caseId}::uuid)
      )
    order by c.opened_at, c.case_id
    limit ${page.limit}`.execute(trx);
  const { rows: totals } = await sql<{ total: number }>`
    select count(*)::int as total from cases c where ${matching}`.execute(trx);
  return { cases, total: totals[0]?.total ?? 0 };
}

export interface MoveDecision {
  caseId: string;
  confirm: boolean;
  actorId: string;
  /** The actor as the audit names them. */
  actor: string;
  auditEntryId: string;
  reason: string | null;
  decidedAt: string;
}

/** `outdated`: the records changed since the case was opened; the next run updates it. */
export type MoveOutcome = "confirmed" | "declined" | "not_open" | "outdated";

/** Decides a case that the tenant's own transaction can see. */
export async function decideOwnMove(trx: TenantTransaction, decision: MoveDecision): Promise<MoveOutcome> {
  const { rows } = await sql<{ outcome: MoveOutcome }>`
    select decide_own_move(
      ${decision.caseId},
      ${decision.confirm},
      ${decision.actorId},
      ${decision.actor},
      ${decision.auditEntryId},
      ${decision.reason},
      ${decision.decidedAt}
    ) as outcome`.execute(trx);
  return rows[0]?.outcome ?? "not_open";
}

/** Decides a case of any customer, for support. For a platform transaction. */
export async function decideAnyMove(
  trx: TenantTransaction,
  customerId: string,
  decision: MoveDecision,
): Promise<MoveOutcome> {
  const { rows } = await sql<{ outcome: MoveOutcome }>`
    select decide_any_move(
      ${customerId},
      ${decision.caseId},
      ${decision.confirm},
      ${decision.actorId},
      ${decision.actor},
      ${decision.auditEntryId},
      ${decision.reason},
      ${decision.decidedAt}
    ) as outcome`.execute(trx);
  return rows[0]?.outcome ?? "not_open";
}
