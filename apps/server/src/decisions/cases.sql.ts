import { type Selectable, sql } from "kysely";
import type { CaseRow } from "../postgres/rows/tasks-and-cases.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface SupportCaseRecord extends Selectable<CaseRow> {
  customer_name: string;
}

export interface CaseFilter {
  caseId: string | null;
  status: CaseRow["status"] | null;
}

/** The cases that the transaction may see, the longest open ones first: of every customer in a platform transaction. */
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
    select c.*, k.name as customer_name
    from cases c join customers k on k.customer_id = c.customer_id
    where ${matching}
      and (${openedAt}::timestamptz is null or (c.opened_at, c.case_id) > (${openedAt}::timestamptz, ${caseId}::uuid))
    order by c.opened_at, c.case_id limit ${page.limit}`.execute(trx);
  const { rows: totals } = await sql<{ total: number }>`
    select count(*)::int as total from cases c where ${matching}`.execute(trx);
  return { cases, total: totals[0]?.total ?? 0 };
}

export interface MoveDecision {
  caseId: string;
  confirm: boolean;
  by: string;
  /** As the audit names them. */
  actor: string;
  auditEntryId: string;
  reason: string | null;
  at: string;
}

/** `outdated`: the records are not those of the case any more; the next run says what they are. */
export type MoveOutcome = "confirmed" | "declined" | "not_open" | "outdated";

/** Of a case that the tenant's own transaction can see. */
export async function decideOwnMove(trx: TenantTransaction, decision: MoveDecision): Promise<MoveOutcome> {
  const { rows } = await sql<{ outcome: MoveOutcome }>`
    select decide_own_move(${decision.caseId}, ${decision.confirm}, ${decision.by}, ${decision.actor}, ${decision.auditEntryId}, ${decision.reason}, ${decision.at}) as outcome`.execute(
    trx,
  );
  return rows[0]?.outcome ?? "not_open";
}

/** Of any customer; for support, in a platform transaction. */
export async function decideAnyMove(
  trx: TenantTransaction,
  customerId: string,
  decision: MoveDecision,
): Promise<MoveOutcome> {
  const { rows } = await sql<{ outcome: MoveOutcome }>`
    select decide_any_move(${customerId}, ${decision.caseId}, ${decision.confirm}, ${decision.by}, ${decision.actor}, ${decision.auditEntryId}, ${decision.reason}, ${decision.at}) as outcome`.execute(
    trx,
  );
  return rows[0]?.outcome ?? "not_open";
}
