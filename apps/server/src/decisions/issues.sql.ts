import { type Selectable, sql } from "kysely";
import { newId } from "../postgres/ids.ts";
import type { IssueRow } from "../postgres/rows/issues-and-holds.ts";
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

export interface RunAt {
  customerId: string;
  entityId: string;
  runId: string;
  /** RFC 3339. */
  now: string;
}

/**
 * Opens issues, or refreshes those that are open (or accepted): last seen, texts, in how many runs. What was accepted is open
 * again when the fact is another one; an accepted match is a decision about two people, whatever else is said of them.
 *
 * @param run.runId null where not a run found it out: then it was seen in none
 */
export async function raiseIssues(
  trx: TenantTransaction,
  run: Omit<RunAt, "runId"> & { runId: string | null },
  issues: RaisedIssue[],
): Promise<void> {
  if (issues.length === 0) return;
  await sql`
    insert into issues as i (customer_id, entity_id, issue_id, code, worker_id, contract_id, employee_id, params, status,
                             first_seen_at, last_seen_at, last_run_id, runs)
    select ${run.customerId}::uuid, ${run.entityId}::uuid, r.issue_id, r.code, r.worker_id, r.contract_id, r.employee_id, r.params, 'open',
           ${run.now}::timestamptz, ${run.now}::timestamptz, ${run.runId}::uuid, ${run.runId === null ? 0 : 1}::integer
    from unnest(
      ${issues.map(() => newId())}::uuid[], ${issues.map((issue) => issue.code)}::text[], ${issues.map((issue) => issue.workerId)}::text[],
      ${issues.map((issue) => issue.contractId)}::text[], ${issues.map((issue) => issue.employeeId)}::uuid[],
      ${issues.map((issue) => JSON.stringify(issue.params))}::jsonb[])
      as r(issue_id, code, worker_id, contract_id, employee_id, params)
    on conflict (customer_id, entity_id, code, worker_id, contract_id) where status <> 'closed' do update set
      status = case when i.employee_id is distinct from excluded.employee_id
                      or i.status = 'accepted' and i.code <> 'AMBIGUOUS_MATCH'
                      and i.params - 'effect' <> excluded.params - 'effect' then 'open' else i.status end,
      params = excluded.params, employee_id = excluded.employee_id, last_seen_at = excluded.last_seen_at,
      runs = case when excluded.last_run_id is null or i.last_run_id = excluded.last_run_id then i.runs else i.runs + 1 end, last_run_id = excluded.last_run_id`.execute(
    trx,
  );
}

/**
 * Closes whatever a run no longer saw of those it looked at: everyone of them with something open was planned again by it.
 * @param workerId the one worker that the run was about; null: everybody
 * @param except codes that are not seen again although they stand
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

/** Closes what no run has to look at again to know that it is over. @param codes null: whatever stands of the entity */
export async function closeIssues(
  trx: TenantTransaction,
  { customerId, entityId, now: at }: Omit<RunAt, "runId">,
  codes: readonly string[] | null,
): Promise<void> {
  await trx
    .updateTable("issues")
    .set({ status: "closed", closed_at: at })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("status", "<>", "closed")
    .$if(codes !== null, (query) => query.where("code", "in", [...(codes ?? [])]))
    .execute();
}

/** Closes what has been told for long enough. */
export async function closeIssuesOpenSince(
  trx: TenantTransaction,
  run: RunAt,
  { codes, days }: { codes: readonly string[]; days: number },
): Promise<void> {
  await sql`
    update issues set status = 'closed', closed_at = ${run.now}::timestamptz
    where customer_id = ${run.customerId} and entity_id = ${run.entityId} and status <> 'closed'
      and code = any (${[...codes]}::text[]) and last_seen_at < ${run.now}::timestamptz - make_interval(days => ${days})`.execute(
    trx,
  );
}

/** What was accepted until a date is asked about again from that date on. @param today Brussels date */
export async function reopenForReview(
  trx: TenantTransaction,
  run: Pick<RunAt, "customerId" | "entityId">,
  today: string,
): Promise<void> {
  await sql`
    update issues set status = 'open', review_on = null
    where customer_id = ${run.customerId} and entity_id = ${run.entityId} and status = 'accepted' and review_on <= ${today}::date`.execute(
    trx,
  );
}

/** Of the issues that a run raised, those that say something is wrong: notices do not count. */
export async function countSeenIssues(
  trx: TenantTransaction,
  run: Pick<RunAt, "customerId" | "entityId" | "runId">,
  codes: string[],
): Promise<number> {
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

/** E-mail matches that an admin accepted, although the names differ: worker and employee. */
export async function acceptedMatches(
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

export type Issue = Selectable<IssueRow>;
