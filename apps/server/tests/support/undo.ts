import assert from "node:assert/strict";
import { newId } from "../../src/postgres/ids.ts";
import { type Reverted, revertRun } from "../../src/undo/undo.ts";
import type { ConnectedEntity } from "./connected-entity.ts";

export const undoActor = { actorKind: "account", actorId: newId() } as const;

/** Undoes a run, or the part of it about some people. */
export async function undo(
  connected: ConnectedEntity,
  runId: string,
  employeeIds: string[] | null = null,
): Promise<Reverted> {
  const at = new Date(connected.simulator.control.now());
  const outcome = await revertRun(connected.database.db, connected.scope, {
    ...undoActor,
    runId,
    employeeIds,
    at,
  });
  assert.ok(outcome.kind === "reverted");
  return outcome.reverted;
}
