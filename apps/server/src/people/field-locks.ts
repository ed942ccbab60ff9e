import type { FieldLock } from "@payflip/contract/employees.ts";
import type { Language } from "@payflip/contract/page.ts";
import type { Choice } from "../postgres/rows/choices.ts";
import type { ConnectionRow } from "../postgres/rows/connections.ts";
import { lockedFields } from "../domain/records/synced-fields.ts";
import { render } from "../texts/render.ts";

/** How a person stands with Liantis, as far as locks go. */
export interface LiantisStanding {
  /** Null when the person is not linked to a worker. */
  workerId: string | null;
  connectionState: ConnectionRow["state"] | null;
  mode: ConnectionRow["mode"];
  /** What was chosen for the worker; counts in selective mode alone. */
  choice: Choice | null;
}

/**
 * Liantis is the master: what it sends of a linked person cannot be changed here while the connection lives (a pause
 * unlocks nothing, disabling does). In selective mode that holds for those who are selected: whoever was released is not
 * updated any more, so nothing would mend what is locked. Language is never locked: the user's own choice stays (seed: language).
 */
function isManagedInLiantis({ workerId, connectionState, mode, choice }: LiantisStanding): boolean {
  const inScope = mode !== "selective" || choice === "selected";
  return workerId !== null && inScope && isLive(connectionState);
}

/** In full mode everybody comes from Liantis: nobody is added by hand. */
export function areNewcomersLocked({
  connectionState,
  mode,
}: Pick<LiantisStanding, "connectionState" | "mode">): boolean {
  return mode === "full" && isLive(connectionState);
}

/** Every lock of a person, by field; `wageContracts` is the lock of all of their wage contracts. */
export function fieldLocks(
  standing: LiantisStanding,
  { link, language }: { link: string | null; language: Language },
): Record<string, FieldLock> {
  if (!isManagedInLiantis(standing)) return {};
  const lock = { reason: render("lock.field", {}, language), link };
  return Object.fromEntries(lockedFields.map((field) => [field, lock]));
}

function isLive(state: ConnectionRow["state"] | null): boolean {
  return state === "active" || state === "paused";
}

/** Whether somebody can be fetched from Liantis now: a worker there, the connection active, and in selective mode chosen. */
export function isCheckable({
  workerId,
  connectionState,
  mode,
  choice,
}: Omit<LiantisStanding, "connectionState"> & { connectionState: string | null }): boolean {
  if (workerId === null || connectionState !== "active") return false;
  return mode !== "selective" || choice === "selected";
}
