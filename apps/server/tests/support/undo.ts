import assert from "node:assert/strict";
import { newId } from "../../src/postgres/ids.ts";
import { type UndoReport, undoRun } from "../../src/undo/undo.ts";
import type { ConnectedEntity } from "./connected-entity.ts";

export const undoActor = { actorKind: "account", actorId: newId() } as const;

/** Undoes a run, or the part of it about some people. */
export async function undo(
  connected: ConnectedEntity,
  runId: string,
  employeeIds: string[] | null = null,
): Promise<UndoReport> {
  const now = new Date(connected.simulator.control.now());
  const outcome = await undoRun(connected.database.db, connected.scope, {
    ...undoActor,
    runId,
    employeeIds,
    now,
  });
  assert.ok(outcome.kind === "undone");
  return outcome.undone;
}
