import type { OperationDifference } from "@payflip/contract/previews.ts";
import type { Mode } from "@payflip/contract/connection.ts";
import { type Selectable, sql } from "kysely";
import type { EntityKey } from "../domain/records/keys.ts";
import type { RunCounts } from "../domain/plan/counts.ts";
import type { PlannedField } from "../domain/guards/hold-types.ts";
import { bytesArray, textArray } from "../postgres/column-arrays.ts";
import type { StoredReason } from "../postgres/rows/issues-and-holds.ts";
import type { PreviewIssue, PreviewRow } from "../postgres/rows/previews.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

interface PreviewKey extends EntityKey {
  previewId: string;
}

/** A preview: what was asked for, and its result once the run has made it. */
export interface StoredPreview extends PreviewKey {
  mode: PreviewRow["mode"];
  /** In selective mode, in order; null: as the choices are stored. */
  workerIds: string[] | null;
  differsFrom: string | null;
  /** Null until the run has ended, as `counts`. */
  hash: string | null;
  counts: RunCounts | null;
  released: number;
  reasons: StoredReason[];
  confirmedAt: string | null;
  createdAt: string;
  expiresAt: string;
  requestedBy: string | null;
}

/** What a preview is asked for: the mode, and in selective mode the workers (null: as the choices are stored). */
export interface PreviewOf {
  mode: Mode;
  workerIds: readonly string[] | null;
}

/** @param preview `differsFrom`: the earlier preview, whose difference this one shows */
export async function insertPreview(
  trx: TenantTransaction,
  preview: PreviewKey &
    PreviewOf & { differsFrom: string | null; now: string; expiresAt: string; requestedBy: string | null },
): Promise<void> {
  await trx
    .insertInto("previews")
    .values({
      customer_id: preview.customerId,
      preview_id: preview.previewId,
      entity_id: preview.entityId,
      mode: preview.mode,
      worker_ids: preview.workerIds === null ? null : preview.workerIds.toSorted(),
      hash: null,
      counts: null,
      reasons: "[]",
      differs_from: preview.differsFrom,
      confirmed_at: null,
      created_at: preview.now,
      expires_at: preview.expiresAt,
      requested_by: preview.requestedBy,
    })
    // A run that was killed while it made its preview makes it again.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function findPreview(
  trx: TenantTransaction,
  customerId: string,
  previewId: string,
): Promise<StoredPreview | undefined> {
  const row = await trx
    .selectFrom("previews")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("preview_id", "=", previewId)
    .executeTakeFirst();
  return row && previewFromRow(row);
}

/** The preview that a confirmation names. Two previews of the same content have the same hash: the newest one counts. */
export async function findPreviewByHash(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  hash: string,
): Promise<StoredPreview | undefined> {
  const row = await trx
    .selectFrom("previews")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("hash", "=", hash)
    .orderBy("created_at", "desc")
    .orderBy("preview_id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && previewFromRow(row);
}

/** A preview of the same order that is being made. */
export async function findOpenPreview(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  { mode, workerIds }: PreviewOf,
): Promise<string | undefined> {
  const sorted = workerIds === null ? null : textArray(workerIds.toSorted());
  const { rows } = await sql<{ previewId: string }>`
    select p.preview_id as "previewId"
    from previews p
    join runs r on r.customer_id = p.customer_id and r.run_id = p.preview_id
    where p.customer_id = ${customerId} and p.entity_id = ${entityId} and p.mode = ${mode} and p.differs_from is null
      and p.worker_ids is not distinct from ${sorted}::text[]
      and r.status in ('queued', 'running') and r.kind = 'preview'
    order by p.created_at desc
    limit 1`.execute(trx);
  return rows[0]?.previewId;
}

/** Whether a run wrote anything of the entity since the preview was asked for. */
export async function hasRunWrittenSince(
  trx: TenantTransaction,
  { customerId, entityId, createdAt }: StoredPreview,
): Promise<boolean> {
  const row = await trx
    .selectFrom("runs")
    .select("run_id")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("kind", "<>", "preview")
    .where("change_seq", ">", 0)
    .where((eb) => eb.or([eb("finished_at", "is", null), eb("finished_at", ">", createdAt)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function markConfirmed(
  trx: TenantTransaction,
  customerId: string,
  previewId: string,
  now: string | null,
): Promise<void> {
  await trx
    .updateTable("previews")
    .set({ confirmed_at: now })
    .where("customer_id", "=", customerId)
    .where("preview_id", "=", previewId)
    .execute();
}

/** What a preview keeps of one person. */
export interface StoredOperation {
  workerId: string;
  bucket: string;
  employeeId: string | null;
  planHash: Buffer;
  /** Of linked people alone. */
  fields: PlannedField[] | null;
  /** Of people who would be held or fail. */
  why: Why | null;
}

/** Why a person would be held or fail. */
export interface Why {
  issues: PreviewIssue[];
  reasons: StoredReason[];
}

export async function insertOperations(
  trx: TenantTransaction,
  { customerId, entityId, previewId }: PreviewKey,
  operations: StoredOperation[],
): Promise<void> {
  if (operations.length === 0) return;
  await sql`
    insert into preview_operations (customer_id, preview_id, worker_id, entity_id, bucket, employee_id, plan_hash, fields,
                                    issues, reasons)
    select ${customerId}::uuid, ${previewId}::uuid, i.worker_id, ${entityId}::uuid, i.bucket, i.employee_id, i.plan_hash,
           i.fields::json, i.issues::json, i.reasons::json
    from unnest(
      ${textArray(operations.map((one) => one.workerId))}::text[],
      ${textArray(operations.map((one) => one.bucket))}::text[],
      ${textArray(operations.map((one) => one.employeeId))}::uuid[],
      ${bytesArray(operations.map((one) => one.planHash))}::bytea[],
      ${textArray(operations.map((one) => jsonText(one.fields)))}::text[],
      ${textArray(operations.map((one) => jsonText(one.why?.issues)))}::text[],
      ${textArray(operations.map((one) => jsonText(one.why?.reasons)))}::text[]
    ) as i(worker_id, bucket, employee_id, plan_hash, fields, issues, reasons)`.execute(trx);
}

function jsonText(value: object | null | undefined): string | null {
  return value ? JSON.stringify(value) : null;
}

export async function dropOperations(
  trx: TenantTransaction,
  customerId: string,
  previewId: string,
): Promise<void> {
  await trx
    .deleteFrom("preview_operations")
    .where("customer_id", "=", customerId)
    .where("preview_id", "=", previewId)
    .execute();
}

/** Writes the result of a preview: from now on it can be confirmed. */
export async function completePreview(
  trx: TenantTransaction,
  { customerId, previewId }: PreviewKey,
  result: {
    hash: string;
    counts: RunCounts;
    released: number;
    reasons: StoredReason[];
  },
): Promise<void> {
  await trx
    .updateTable("previews")
    .set({
      hash: result.hash,
      counts: JSON.stringify(result.counts),
      released: result.released,
      reasons: JSON.stringify(result.reasons),
    })
    .where("customer_id", "=", customerId)
    .where("preview_id", "=", previewId)
    .execute();
}

/** Marks what is different from an earlier preview. People who are not planned any more are inserted, as they were planned. */
export async function markDifferences(
  trx: TenantTransaction,
  { customerId, previewId, entityId }: PreviewKey,
  earlierId: string,
): Promise<void> {
  await sql`
    update preview_operations o set difference = 'new'
    where o.customer_id = ${customerId} and o.preview_id = ${previewId}
      and not exists (
        select from preview_operations e
        where e.customer_id = ${customerId} and e.preview_id = ${earlierId} and e.worker_id = o.worker_id
          and e.difference is distinct from 'gone')`.execute(trx);
  await sql`
    update preview_operations o set difference = 'changed'
    from preview_operations e
    where o.customer_id = ${customerId} and o.preview_id = ${previewId}
      and e.customer_id = ${customerId} and e.preview_id = ${earlierId} and e.worker_id = o.worker_id
      and e.difference is distinct from 'gone'
      and (e.plan_hash <> o.plan_hash or e.bucket <> o.bucket)`.execute(trx);
  await sql`
    insert into preview_operations (customer_id, preview_id, worker_id, entity_id, bucket, employee_id, plan_hash,
                                    difference)
    select e.customer_id, ${previewId}::uuid, e.worker_id, ${entityId}::uuid, e.bucket, e.employee_id, e.plan_hash, 'gone'
    from preview_operations e
    where e.customer_id = ${customerId} and e.preview_id = ${earlierId} and e.difference is distinct from 'gone'
      and not exists (
        select from preview_operations o
        where o.customer_id = ${customerId} and o.preview_id = ${previewId}
          and o.worker_id = e.worker_id)`.execute(trx);
}

export interface OperationRecord {
  workerId: string;
  bucket: string;
  employeeId: string | null;
  employeeName: string | null;
  fields: PlannedField[] | null;
  issues: PreviewIssue[] | null;
  reasons: StoredReason[] | null;
  /** RFC 3339; of a linked person who is absent. */
  absentSince: string | null;
  difference: OperationDifference | null;
}

/** A page of what a preview shows, by worker; of a preview that differs from another only the difference. */
export async function listOperations(
  trx: TenantTransaction,
  { customerId, previewId, differsFrom }: StoredPreview,
  { bucket, limit, after }: { bucket: string | null; limit: number; after: string | null },
): Promise<{ operations: OperationRecord[]; total: number }> {
  const shown = sql`
    o.customer_id = ${customerId} and o.preview_id = ${previewId}
    and (${bucket}::text is null or o.bucket = ${bucket}::text)
    and (${differsFrom === null} or o.difference is not null)`;
  const { rows } = await sql<OperationRecord>`
    select o.worker_id as "workerId", o.bucket, o.employee_id as "employeeId", o.fields, o.issues, o.reasons, o.difference,
           trim(e.first_name || ' ' || e.last_name) as "employeeName", l.absent_since as "absentSince"
    from preview_operations o
    left join employees e on e.customer_id = o.customer_id and e.employee_id = o.employee_id
    left join links l on l.customer_id = o.customer_id and l.entity_id = o.entity_id and l.worker_id = o.worker_id
      and o.bucket = 'absent'
    where ${shown} and o.worker_id > ${after ?? ""}
    order by o.worker_id
    limit ${limit}`.execute(trx);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total
    from preview_operations o
    where ${shown}`.execute(trx);
  return { operations: rows, total: counted.rows[0]?.total ?? 0 };
}

function previewFromRow(row: Selectable<PreviewRow>): StoredPreview {
  return {
    customerId: row.customer_id,
    previewId: row.preview_id,
    entityId: row.entity_id,
    mode: row.mode,
    workerIds: row.worker_ids,
    differsFrom: row.differs_from,
    hash: row.hash,
    counts: row.counts,
    released: row.released,
    reasons: row.reasons,
    confirmedAt: row.confirmed_at,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    requestedBy: row.requested_by,
  };
}
