import type { Mode } from "@payflip/contract/connection.ts";
import { newId } from "../postgres/ids.ts";
import { insertPreview, type StoredPreview, type PreviewOf, hasRunWrittenSince } from "./previews.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { ActivationActor, ActivationDeps } from "../connection/activation-deps.ts";

/** How long a preview can be read and confirmed. */
export const previewMs = 7 * 24 * 3_600_000;

/** What a preview is asked for. */
export type PreviewOrder = PreviewOf;

/** The people that a request names, each once; null if it names none, or in full mode. */
export function workerIdsOf(request: { mode: Mode; workerIds?: string[] | undefined }): string[] | null {
  if (request.mode === "full" || request.workerIds === undefined) return null;
  return [...new Set(request.workerIds)].toSorted();
}

/** Whether it is already known that a preview does not show what this order would do. */
export async function isOutdated(
  trx: TenantTransaction,
  preview: StoredPreview,
  order: PreviewOrder,
  now: string,
): Promise<boolean> {
  if (preview.expiresAt <= now || preview.mode !== order.mode) return true;
  if (JSON.stringify(preview.workerIds) !== JSON.stringify(order.workerIds)) return true;
  return await hasRunWrittenSince(trx, preview);
}

/** Queues a preview. @returns its id */
export async function startOrderedPreview(
  trx: TenantTransaction,
  deps: Pick<ActivationDeps, "now" | "requestPreview">,
  { customerId, entityId, actorId: requestedBy }: ActivationActor,
  { order, differsFrom, now }: { order: PreviewOrder; differsFrom: string | null; now: string },
): Promise<string> {
  const previewId = newId(Date.parse(now));
  const expiresAt = new Date(Date.parse(now) + previewMs).toISOString();
  await deps.requestPreview(trx, { customerId, entityId, previewId, requestedBy, now });
  await insertPreview(trx, {
    customerId,
    entityId,
    previewId,
    ...order,
    differsFrom,
    now,
    expiresAt,
    requestedBy,
  });
  return previewId;
}
