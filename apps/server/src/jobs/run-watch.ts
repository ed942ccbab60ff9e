import { EventEmitter } from "node:events";
import pg from "pg";
import type { Logger } from "pino";
import { cancelChannel, runChannel } from "../db/runs.ts";

/** Tells whoever watches a run that it changed, in whichever process that happened. */
export interface RunWatch {
  /** @returns how to stop watching */
  watch(runId: string, onChange: () => void): () => void;
  /** Calls back when the run may have been cancelled. @returns how to stop watching */
  watchCancelled(runId: string, onCancel: () => void): () => void;
  close: () => Promise<void>;
}

const reconnectMs = 1000;

/** One connection of the process listens for all watchers; after a break it reconnects and tells everybody to look again. */
export function startRunWatch(url: string, logger: Logger): RunWatch {
  const changes = new EventEmitter().setMaxListeners(0);
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const again = (lost: pg.Client) => {
    if (client !== lost) return;
    client = null;
    if (!closed) timer ??= setTimeout(() => void connect(), reconnectMs);
  };
  const connect = async () => {
    timer = null;
    const next = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    client = next;
    next.on("notification", ({ channel, payload }) =>
      changes.emit(channel === cancelChannel ? cancelOf(payload ?? "") : (payload ?? "")),
    );
    // A server that goes away is told twice (its farewell, then the end of the line): an error that nobody listens to ends the process.
    next.on("error", () => again(next));
    next.once("end", () => again(next));
    try {
      await next.connect();
      await next.query(`listen ${runChannel}; listen ${cancelChannel}`);
      for (const runId of changes.eventNames()) changes.emit(runId);
    } catch {
      logger.warn({ code: "LISTEN_FAILED" }, "cannot listen for run changes yet");
      next.removeAllListeners();
      next.on("error", () => {});
      void next.end().catch(() => {});
      again(next);
    }
  };
  const on = (name: string, listener: () => void) => {
    changes.on(name, listener);
    return () => void changes.off(name, listener);
  };
  void connect();
  return {
    watch: on,
    watchCancelled: (runId, onCancel) => on(cancelOf(runId), onCancel),
    close: async () => {
      closed = true;
      if (timer) clearTimeout(timer);
      changes.removeAllListeners();
      const last = client;
      client = null;
      last?.removeAllListeners();
      last?.on("error", () => {});
      await last?.end().catch(() => {});
    },
  };
}

function cancelOf(runId: string): string {
  return `cancelled ${runId}`;
}
