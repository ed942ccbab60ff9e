import type { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { ActivationDeps } from "./connection/activation-deps.ts";
import type { CallLimit } from "./liantis/call-limit.ts";
import type { LiantisSettings } from "./liantis/endpoints.ts";
import type { Transport } from "./liantis/transport.ts";
import type { Database } from "./postgres/database.ts";
import type { RunWatch } from "./queue/run-watch.ts";
import type { WorkerDeps } from "./queue/workers.ts";
import type { SyncEngine } from "./sync/engine.ts";
import type { AppDeps } from "./web/app-deps.ts";

/** What a test or a tool puts in the place of a part that the server would make for itself. */
export interface ServerOverrides {
  /** Epoch milliseconds. */
  now?: () => number;
  logger?: Logger;
  /** Is up to date already, and stays open when the server closes. */
  database?: OpenedDatabase;
  /** Stays started when the server closes. Without a queue every request for a job fails. */
  queue?: PgBoss | "none";
  /** Whether the process looks after dead workers and the schedule; a process that takes jobs does. */
  supervise?: boolean;
  /** "none" never notifies: those who wait for a change poll. */
  notifications?: RunWatch | "none";
  provider?: ProviderOverrides;
  engine?: EngineOverrides;
  activation?: Partial<ActivationDeps>;
  app?: Partial<AppDeps>;
  jobs?: Partial<WorkerDeps>;
}

export interface OpenedDatabase {
  db: Database;
  url: string;
  /** Of an embedded database. */
  directory?: string | null;
}

interface EngineOverrides extends Partial<SyncEngine> {
  /** Quick retries of a run, where the rest of the policy stays. */
  retriesMax?: number;
}

interface ProviderOverrides extends Partial<LiantisSettings> {
  /** Carries the bytes to the provider and back, in the place of the network: what it throws means "not reachable". */
  exchange?: Transport["exchange"];
  /** "own" limits the calls of this process alone, and asks no database. */
  callLimit?: CallLimit | "own";
}
