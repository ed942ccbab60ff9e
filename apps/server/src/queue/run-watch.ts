import { EventEmitter } from "node:events";
import pg from "pg";
import type { Logger } from "pino";
import { callChannel } from "./provider-calls.sql.ts";
import { cancelChannel } from "../runs/cancel-run.sql.ts";
import { runChannel } from "../runs/runs.sql.ts";

/** Tells whoever watches a run, or waits for a place to call the provider, that something changed, in whichever process that happened. */
export interface RunWatch {
  /** @returns how to stop watching */
  watch(runId: string, onChange: () => void): () => void;
  /** Calls back when the run may have been cancelled. @returns how to stop watching */
  watchCancelled(runId: string, onCancel: () => void): () => void;
  /** Calls back when a call to the provider may have got its place. @returns how to stop watching */
  watchCall(callId: string, onPlace: () => void): () => void;
  close: () => Promise<void>;
}

/** Never notifies: those who wait for a change poll. */
export const noNotifications: RunWatch = {
  watch: () => () => {},
  watchCancelled: () => () => {},
  watchCall: () => () => {},
  close: async () => {},
};

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
    next.on("notification", ({ channel, payload }) => changes.emit(nameOf(channel, payload ?? "")));
    // A server that goes away is told twice (its farewell, then the end of the line): an error that nobody listens to ends the process.
    next.on("error", () => again(next));
    next.once("end", () => again(next));
    try {
      await next.connect();
      await next.query(`listen ${runChannel}; listen ${cancelChannel}; listen ${callChannel}`);
      for (const name of changes.eventNames()) changes.emit(name);
    } catch {
      logger.warn({ code: "LISTEN_FAILED" }, "cannot listen for run changes yet");
      next.removeAllListeners();
      next.on("error", () => {});
      void next.end().catch(() => {});
      again(next);
    }
  };
  const on = (channel: string, id: string, listener: () => void) => {
    const name = nameOf(channel, id);
    changes.on(name, listener);
    return () => void changes.off(name, listener);
  };
  void connect();
  return {
    watch: (runId, onChange) => on(runChannel, runId, onChange),
    watchCancelled: (runId, onCancel) => on(cancelChannel, runId, onCancel),
    watchCall: (callId, onPlace) => on(callChannel, callId, onPlace),
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

function nameOf(channel: string, id: string): string {
  return `${channel} ${id}`;
}
