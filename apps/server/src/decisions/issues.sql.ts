import { sql } from "kysely";
import type { EntityKey, RunAt, RunKey } from "../domain/records/keys.ts";
import { newId } from "../postgres/ids.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface RaisedIssue {
  code: string;
  /** "" for an issue of the whole run. */
  workerId: string;
  /** "" for an issue of the person. */
  contractId: string;
  employeeId: string | null;
  params: Record<string, string>;
}

/**
 * Opens issues, or updates open and accepted ones: when last seen, with which values, in how many runs. An accepted issue opens
 * again when its employee or its values change; an accepted match stays accepted while its employee is the same.
 *
 * @param run.runId null when no run found the issue
 */
export async function raiseIssues(
  trx: TenantTransaction,
  run: Omit<RunAt, "runId"> & { runId: string | null },
  issues: RaisedIssue[],
): Promise<void> {
  if (issues.length === 0) return;
  await sql`
    insert into issues as i (
      customer_id, entity_id, issue_id, code, worker_id, contract_id, employee_id, params, status,
      first_seen_at, last_seen_at, last_run_id, runs)
    select ${run.customerId}::uuid, ${run.entityId}::uuid, r.issue_id, r.code, r.worker_id, r.contract_id,
           r.employee_id, r.params, 'open',
           ${run.now}::timestamptz, ${run.now}::timestamptz, ${run.runId}::uuid, ${run.runId === null ? 0 : 1}::integer
    from unnest(
      ${issues.map(() => newId())}::uuid[],
      ${issues.map((issue) => issue.code)}::text[],
      ${issues.map((issue) => issue.workerId)}::text[],
      ${issues.map((issue) => issue.contractId)}::text[],
      ${issues.map((issue) => issue.employeeId)}::uuid[],
      ${issues.map((issue) => JSON.stringify(issue.params))}::jsonb[]
    ) as r(issue_id, code, worker_id, contract_id, employee_id, params)
    on conflict (customer_id, entity_id, code, worker_id, contract_id) where status <> 'closed' do update set
      status = case
        when i.employee_id is distinct from excluded.employee_id
          or i.status = 'accepted'
          and i.code <> 'AMBIGUOUS_MATCH'
          and i.params - 'effect' <> excluded.params - 'effect' then 'open'
        else i.status end,
      params = excluded.params,
      employee_id = excluded.employee_id,
      last_seen_at = excluded.last_seen_at,
      runs = case
        when excluded.last_run_id is null or i.last_run_id = excluded.last_run_id then i.runs
        else i.runs + 1 end,
      last_run_id = excluded.last_run_id`.execute(trx);
}

/**
 * Closes the issues that a run did not raise again.
 * @param workerId the one worker that the run was about; null: the run was about all workers
 * @param except codes that a run raises once and that stay open without it
 */
export async function closeUnseenIssues(
  trx: TenantTransaction,
  run: RunAt,
  { workerId, except }: { workerId: string | null; except: readonly string[] },
): Promise<void> {
  await trx
    .updateTable("issues")
    .set({ status: "closed", closed_at: run.now })
    .where("customer_id", "=", run.customerId)
    .where("entity_id", "=", run.entityId)
    .where("status", "<>", "closed")
    .where("last_run_id", "is distinct from", run.runId)
    .where("code", "not in", [...except])
    .$if(workerId !== null, (query) => query.where("worker_id", "=", workerId ?? ""))
    .execute();
}

/** Closes issues of an entity beside any run. @param codes null: all issues of the entity */
export async function closeIssues(
  trx: TenantTransaction,
  { customerId, entityId, now }: Omit<RunAt, "runId">,
  codes: readonly string[] | null,
): Promise<void> {
  await trx
    .updateTable("issues")
    .set({ status: "closed", closed_at: now })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("status", "<>", "closed")
    .$if(codes !== null, (query) => query.where("code", "in", [...(codes ?? [])]))
    .execute();
}

/** Closes issues of these codes that no run saw for so many days. */
export async function closeIssuesOpenSince(
  trx: TenantTransaction,
  run: RunAt,
  { codes, days }: { codes: readonly string[]; days: number },
): Promise<void> {
  await sql`
    update issues set status = 'closed', closed_at = ${run.now}::timestamptz
    where customer_id = ${run.customerId}
      and entity_id = ${run.entityId}
      and status <> 'closed'
      and code = any (${[...codes]}::text[])
      and last_seen_at < ${run.now}::timestamptz - make_interval(days => ${days})`.execute(trx);
}

/** Opens accepted issues whose review date has come. @param today Brussels date */
export async function reopenIssuesForReview(
  trx: TenantTransaction,
  entity: EntityKey,
  today: string,
): Promise<void> {
  await sql`
    update issues set status = 'open', review_on = null
    where customer_id = ${entity.customerId}
      and entity_id = ${entity.entityId}
      and status = 'accepted'
      and review_on <= ${today}::date`.execute(trx);
}

/** The number of open issues of these codes that the run raised. */
export async function countSeenIssues(trx: TenantTransaction, run: RunKey, codes: string[]): Promise<number> {
  const { count } = await trx
    .selectFrom("issues")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("customer_id", "=", run.customerId)
    .where("entity_id", "=", run.entityId)
    .where("last_run_id", "=", run.runId)
    .where("status", "=", "open")
    .where("code", "in", codes)
    .executeTakeFirstOrThrow();
  return count;
}

export interface AcceptedMatch {
  workerId: string;
  employeeId: string;
}

/** The pairs of worker and employee that an admin accepted as a match by e-mail although their names differ. */
export async function findAcceptedMatches(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<AcceptedMatch[]> {
  const rows = await trx
    .selectFrom("issues")
    .select(["worker_id", "employee_id"])
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("code", "=", "AMBIGUOUS_MATCH")
    .where("status", "=", "accepted")
    .execute();
  return rows.flatMap((row) =>
    row.employee_id === null ? [] : [{ workerId: row.worker_id, employeeId: row.employee_id }],
  );
}

/** @returns false when it is not open any more */
export async function acceptIssue(
  trx: TenantTransaction,
  customerId: string,
  issueId: string,
  acceptance: { reason: string | null; reviewOn: string | null; acceptedAt: string; acceptedBy: string },
): Promise<boolean> {
  const result = await trx
    .updateTable("issues")
    .set({
      status: "accepted",
      accepted_reason: acceptance.reason,
      accepted_at: acceptance.acceptedAt,
      accepted_by: acceptance.acceptedBy,
      review_on: acceptance.reviewOn,
    })
    .where("customer_id", "=", customerId)
    .where("issue_id", "=", issueId)
    .where("status", "=", "open")
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
