import type { ListingScope } from "../choices/choices.sql.ts";
import { findPreview, type Preview } from "../preview/previews.sql.ts";
import type { Run } from "../runs/runs.sql.ts";
import type { SyncConnection } from "../connection/sync-connection.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** What a run is for: the connection's own mode and choices, or those of a preview. */
export interface RunPurpose {
  scope: ListingScope;
  /** The preview that this run makes, or the confirmed one that it carries out if nothing has changed. */
  preview: Preview | null;
}

/** Null when the run has nothing to do: its connection does not let it, or its preview is gone. */
export async function purposeOf(
  trx: TenantTransaction,
  run: Run,
  connection: SyncConnection,
): Promise<RunPurpose | null> {
  const { state, mode } = connection;
  if (run.isPreview) {
    if (state !== "active" && state !== "choosing") return null;
    const preview = await findPreview(trx, run.customerId, run.runId);
    return preview ? { preview, scope: scopeOfPreview(preview, mode) } : null;
  }
  if (state !== "active") return null;
  const confirmed = await confirmedPreview(trx, run, connection);
  if (confirmed)
    return { preview: confirmed, scope: scopeOfPreview(confirmed, connection.confirming?.modeBefore) };
  return { preview: null, scope: mode === "selective" ? remembered(mode) : { kind: "everybody" } };
}

/** A run that writes already has compared; a preview that had its time binds nobody any more. */
async function confirmedPreview(
  trx: TenantTransaction,
  run: Run,
  { confirming }: SyncConnection,
): Promise<Preview | null> {
  if (confirming === null || run.workerId !== null) return null;
  return (await findPreview(trx, run.customerId, confirming.previewId)) ?? null;
}

function scopeOfPreview(
  { mode, worker_ids: workerIds }: Preview,
  modeBefore: SyncConnection["mode"] | undefined,
): ListingScope {
  if (mode === "full") return { kind: "everybody" };
  return workerIds === null
    ? remembered(modeBefore ?? null)
    : { kind: "these", workerIds: new Set(workerIds) };
}

/** @param mode the one that holds now: where it is not selective, people who are linked go on unless somebody decided otherwise */
function remembered(mode: SyncConnection["mode"]): ListingScope {
  return { kind: "remembered", linkedToo: mode !== "selective" };
}
