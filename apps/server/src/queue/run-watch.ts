import { EventEmitter } from "node:events";
import pg from "pg";
import type { Logger } from "pino";
import { cancelChannel } from "../runs/cancel-run.sql.ts";
import { runChannel } from "../runs/runs.sql.ts";
import { callChannel } from "./provider-calls.sql.ts";

/** Notifies about changes that any process made: of a run, or of a call that waits for its place. */
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

/** One connection per process listens for all watchers. After a break it reconnects and calls all of them back. */
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
    // A server that shuts down causes two events. An error event without a listener would end the process.
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
  const watch = (channel: string, id: string, listener: () => void) => {
    const name = nameOf(channel, id);
    changes.on(name, listener);
    return () => void changes.off(name, listener);
  };
  void connect();
  return {
    watch: (runId, onChange) => watch(runChannel, runId, onChange),
    watchCancelled: (runId, onCancel) => watch(cancelChannel, runId, onCancel),
    watchCall: (callId, onPlace) => watch(callChannel, callId, onPlace),
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
