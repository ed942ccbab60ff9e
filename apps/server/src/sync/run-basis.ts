import { hash } from "node:crypto";
import type { ListingScope } from "../choices/choices.sql.ts";
import { findSyncConnection, type SyncConnection } from "../connection/sync-connection.sql.ts";
import { type AcceptedMatch, findAcceptedMatches } from "../decisions/issues.sql.ts";
import { defaultThresholds } from "../domain/guards/guard.ts";
import type { PlanPolicy } from "../domain/plan/plan-types.ts";
import { matchKey } from "../domain/records/match.ts";
import { brusselsDate } from "../domain/values/calendar-date.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { findPreview, type StoredPreview } from "../preview/previews.sql.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import { type SyncEngine, syncTransaction } from "./engine.ts";

/** What a run is carried out with: its connection, the rules it plans with, and whom it synchronises. */
export interface RunBasis {
  connection: SyncConnection & { enterpriseNumber: string };
  policy: PlanPolicy;
  scope: ListingScope;
  /** The preview that this run makes, or the confirmed one that it carries out if nothing has changed. */
  preview: StoredPreview | null;
}

/** Null when the run has nothing to do: its connection is not active any more, or its preview is gone. */
export async function readRunBasis(engine: SyncEngine, run: StoredRun): Promise<RunBasis | null> {
  return await syncTransaction(engine, run.customerId, async (trx) => {
    const connection = await findSyncConnection(trx, run.customerId, run.entityId);
    if (connection === undefined || connection.enterpriseNumber === null) return null;
    const purpose = await findPurpose(trx, run, connection);
    if (purpose === null) return null;
    const { enterpriseNumber } = connection;
    const accepted = await findAcceptedMatches(trx, run.customerId, run.entityId);
    const policy = policyOf(engine, connection, accepted);
    return { connection: { ...connection, enterpriseNumber }, policy, ...purpose };
  });
}

function policyOf(engine: SyncEngine, connection: SyncConnection, accepted: AcceptedMatch[]): PlanPolicy {
  return {
    today: brusselsDate(engine.now()),
    defaultLanguage: connection.customerLanguage,
    emailDomain: connection.emailDomain,
    acceptedMatches: new Set(accepted.map(({ workerId, employeeId }) => matchKey(workerId, employeeId))),
    thresholds: { ...defaultThresholds, ...connection.thresholds },
    digest: (text) => hash("sha256", text),
  };
}

async function findPurpose(
  trx: TenantTransaction,
  run: StoredRun,
  { state, mode, confirming }: SyncConnection,
): Promise<Pick<RunBasis, "scope" | "preview"> | null> {
  const { customerId, runId } = run;
  if (run.kind === "preview") {
    if (state !== "active" && state !== "choosing") return null;
    const preview = await findPreview(trx, customerId, runId);
    return preview ? { preview, scope: scopeOfPreview(preview, mode) } : null;
  }
  if (state !== "active") return null;
  if (run.kind === "full_listing" && confirming !== null) {
    const preview = await findPreview(trx, customerId, confirming.previewId);
    // A confirmed preview that was deleted binds no run any more.
    if (preview) return { preview, scope: scopeOfPreview(preview, confirming.modeBefore) };
  }
  return { preview: null, scope: mode === "selective" ? rememberedScope(mode) : { kind: "everybody" } };
}

function scopeOfPreview(
  { mode, workerIds }: StoredPreview,
  modeBefore: SyncConnection["mode"],
): ListingScope {
  if (mode === "full") return { kind: "everybody" };
  return workerIds === null ? rememberedScope(modeBefore) : { kind: "these", workerIds: new Set(workerIds) };
}

/** @param mode the present one: while it is not selective, linked people without a choice of their own are in scope too */
function rememberedScope(mode: SyncConnection["mode"]): ListingScope {
  return { kind: "remembered", linkedToo: mode !== "selective" };
}
