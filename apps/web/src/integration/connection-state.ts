import type { Connection } from "@payflip/contract/connection.ts";
import type { MessageId } from "../intl/messages.ts";
import type { Tone } from "../ui/Chip.tsx";

export type ShownState = Connection["state"] | "syncing" | "held";

/** The status on the chip: an active connection may also be syncing, or have changes on hold. */
export function shownState(connection: Connection): ShownState {
  if (connection.state !== "active") return connection.state;
  if (connection.currentRun !== null) return "syncing";
  return connection.openHolds.length > 0 ? "held" : "active";
}

export const stateTones: Readonly<Record<ShownState, Tone>> = {
  unavailable: "neutral",
  available: "neutral",
  consent_requested: "info",
  choosing: "warning",
  active: "success",
  syncing: "info",
  held: "warning",
  paused: "danger",
  disabled: "neutral",
};

/** Whether the connection has syncs, issues and settings to show. */
export function isSetUp(connection: Connection): boolean {
  return ["active", "paused", "disabled"].includes(connection.state);
}

const pausedReasons: Readonly<Record<string, MessageId>> = {
  consent_revoked: "connection.paused.consent_revoked",
  number_changed: "connection.paused.number_changed",
  failing: "connection.paused.failing",
  withdrawn: "connection.paused.withdrawn",
};

export function pausedReasonText(reason: string | null): MessageId {
  return pausedReasons[reason ?? ""] ?? "connection.paused.other";
}

const pausedShort: Readonly<Record<string, MessageId>> = {
  consent_revoked: "connection.pausedShort.consent_revoked",
  number_changed: "connection.pausedShort.number_changed",
  failing: "connection.pausedShort.failing",
  withdrawn: "connection.pausedShort.withdrawn",
};

/** The same in two or three words, for lists and page headings. */
export function pausedReasonShort(reason: string | null): MessageId {
  return pausedShort[reason ?? ""] ?? "connection.pausedShort.other";
}
