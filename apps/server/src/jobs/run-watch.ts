import { EventEmitter } from "node:events";
import pg from "pg";
import type { Logger } from "pino";
import { runChannel } from "../db/runs.ts";

/** Tells whoever watches a run that it changed, in whichever process that happened. */
export interface RunWatch {
  /** @returns how to stop watching */
  watch(runId: string, onChange: () => void): () => void;
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
    next.on("notification", ({ payload }) => changes.emit(payload ?? ""));
    // A server that goes away is told twice (its farewell, then the end of the line): an error that nobody listens to ends the process.
    next.on("error", () => again(next));
    next.once("end", () => again(next));
    try {
      await next.connect();
      await next.query(`listen ${runChannel}`);
      for (const runId of changes.eventNames()) changes.emit(runId);
    } catch {
      logger.warn({ code: "LISTEN_FAILED" }, "cannot listen for run changes yet");
      next.removeAllListeners();
      next.on("error", () => {});
      void next.end().catch(() => {});
      again(next);
    }
  };
  void connect();
  return {
    watch: (runId, onChange) => {
      changes.on(runId, onChange);
      return () => changes.off(runId, onChange);
    },
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
