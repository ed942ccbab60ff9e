import type { Logger } from "pino";
import type { CallLimit } from "../liantis/call-limit.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { enterCall, keepCalls, leaveCall, type ProviderLimits } from "./provider-calls.sql.ts";
import type { RunWatch } from "./run-watch.ts";

export interface SharedCallLimitDeps {
  db: Database;
  watch: Pick<RunWatch, "watchCall">;
  logger: Logger;
  limits: ProviderLimits;
}

/** Between two polls for a free place, beside the notifications. */
const lookMs = 250;
/** Between two renewals by a process whose calls are all in progress. */
const aliveMs = 3_000;
/** The longest pause for all customers that the answer to one customer can cause. */
const restMaxMs = 10_000;

/**
 * The limits of the provider, shared by all processes on this database. Urgent calls go before those of the night, and no
 * customer gets a second place while another one waits for the first.
 */
export function createSharedCallLimit(deps: SharedCallLimitDeps): CallLimit & { close(): void } {
  const { db, limits, logger } = deps;
  const holderId = newId();
  const waiting = new Map<string, () => void>();
  /** Waiting or in progress. */
  const held = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const start = (callIds: readonly string[]) => callIds.forEach((callId) => waiting.get(callId)?.());
  const look = async () => {
    if (timer) clearTimeout(timer);
    timer = null;
    try {
      start(await keepCalls(db, { holderId, callIds: [...held] }, limits));
    } catch {
      logger.warn({ code: "CALL_LIMIT_TROUBLE" }, "cannot ask for places to call Liantis");
    }
    lookLater();
  };
  const lookLater = () => {
    if (held.size > 0) timer ??= setTimeout(() => void look(), waiting.size > 0 ? lookMs : aliveMs).unref();
  };
  const leave = async (call: { callId: string; customerId: string }, restMs: number | null) => {
    held.delete(call.callId);
    const rest = restMs === null ? null : Math.min(restMs, restMaxMs);
    try {
      start(await leaveCall(db, { ...call, holderId }, limits, rest));
    } catch {
      // The place expires by itself, since it is not renewed any more.
      logger.warn({ code: "CALL_LIMIT_TROUBLE" }, "cannot give back a place to call Liantis");
    }
  };
  return {
    enter: async (caller, signal) => {
      const call = { callId: newId(), customerId: caller?.customerId ?? holderId };
      const { promise: turn, resolve, reject } = Promise.withResolvers<void>();
      // A rejection before `await turn` is thrown there.
      turn.catch(() => {});
      const giveUp = () => reject(signal?.reason);
      const stopWatching = deps.watch.watchCall(call.callId, () => void look());
      waiting.set(call.callId, resolve);
      held.add(call.callId);
      signal?.addEventListener("abort", giveUp, { once: true });
      try {
        start(await enterCall(db, { ...call, holderId, urgent: caller?.urgent ?? true }, limits));
        signal?.throwIfAborted();
        lookLater();
        await turn;
        return { leave: (restMs) => void leave(call, restMs) };
      } catch (error) {
        await leave(call, null);
        throw error;
      } finally {
        stopWatching();
        waiting.delete(call.callId);
        signal?.removeEventListener("abort", giveUp);
      }
    },
    close: () => {
      if (timer) clearTimeout(timer);
    },
  };
}
