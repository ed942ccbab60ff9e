import type { Choice } from "@payflip/contract/candidates.ts";
import type { FieldLock } from "@payflip/contract/employees.ts";
import type { Language } from "@payflip/contract/page.ts";
import { lockedFields } from "../domain/records/synced-fields.ts";
import type { ConnectionRow } from "../postgres/rows/connections.ts";
import { render } from "../texts/render.ts";

/** What decides about the locks of a person. */
export interface LockBasis {
  /** Null when the person is not linked to a worker. */
  workerId: string | null;
  connectionState: ConnectionRow["state"] | null;
  mode: ConnectionRow["mode"];
  /** The choice for the worker; counts only in selective mode. */
  choice: Choice | null;
}

/**
 * Liantis is the master of a linked person's synced fields while the connection is active or paused; disabling it unlocks them.
 * In selective mode only selected people are locked, because no run would correct the fields of a released one. The language is
 * never locked: it is the person's own choice (seed).
 */
function isManagedInLiantis({ workerId, connectionState, mode, choice }: LockBasis): boolean {
  const inScope = mode !== "selective" || choice === "selected";
  return workerId !== null && inScope && isLive(connectionState);
}

/** In full mode all employees come from Liantis, so an employee cannot be added by hand. */
export function isAddingLocked({
  connectionState,
  mode,
}: Pick<LockBasis, "connectionState" | "mode">): boolean {
  return mode === "full" && isLive(connectionState);
}

/** The locks of a person by field. `wageContracts` is the lock of all their wage contracts. */
export function fieldLocks(
  basis: LockBasis,
  { link, language }: { link: string | null; language: Language },
): Record<string, FieldLock> {
  if (!isManagedInLiantis(basis)) return {};
  const lock = { reason: render("lock.field", {}, language), link };
  return Object.fromEntries(lockedFields.map((field) => [field, lock]));
}

function isLive(state: ConnectionRow["state"] | null): boolean {
  return state === "active" || state === "paused";
}

/** Whether a check of the person can run: they are linked, the connection is active, and in selective mode they are selected. */
export function isCheckable({
  workerId,
  connectionState,
  mode,
  choice,
}: Omit<LockBasis, "connectionState"> & { connectionState: string | null }): boolean {
  if (workerId === null || connectionState !== "active") return false;
  return mode !== "selective" || choice === "selected";
}
