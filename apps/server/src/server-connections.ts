import type { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { createOwnCallLimit } from "./liantis/call-limit.ts";
import { createLiantis, type Liantis } from "./liantis/liantis.ts";
import { transportOver } from "./liantis/transport.ts";
import { createMailer, type Mailer } from "./notify/mailer.ts";
import { type Database, openDatabase } from "./postgres/database.ts";
import { createAbsentQueue, startBoss } from "./queue/boss.ts";
import { noNotifications, type RunWatch, startRunWatch } from "./queue/run-watch.ts";
import { createSharedCallLimit } from "./queue/shared-call-limit.ts";
import { readyDatabase } from "./ready-database.ts";
import type { OpenedDatabase, ServerOverrides } from "./server-overrides.ts";

/** How to stop what was opened, in the order of opening. */
export type Stops = (() => Promise<void> | void)[];

interface Opening {
  overrides: ServerOverrides;
  logger: Logger;
  /** Gets the stop of what is opened here; what was given by an override is not stopped. */
  stops: Stops;
}

/** Connections of one process at most. */
const connectionsMax = 20;

export async function openReadyDatabase(config: Config, stops: Stops): Promise<OpenedDatabase> {
  const ready = await readyDatabase(config);
  stops.push(() => ready.stop());
  const { db, close } = openDatabase(ready.url, { max: connectionsMax });
  stops.push(close);
  return { db, url: ready.url, directory: ready.directory };
}

export function openNotifications(url: string, { overrides, logger, stops }: Opening): RunWatch {
  if (overrides.notifications === "none") return noNotifications;
  if (overrides.notifications !== undefined) return overrides.notifications;
  const watch = startRunWatch(url, logger);
  stops.push(watch.close);
  return watch;
}

export function openLiantis({
  config,
  overrides,
  db,
  notifications,
  logger,
  stops,
}: Opening & { config: Config; db: Database; notifications: RunWatch }): Liantis {
  const { exchange, callLimit, ...settings } = overrides.provider ?? {};
  const sharedCallLimit = () => {
    const limit = createSharedCallLimit({ db, watch: notifications, logger, limits: config.liantis });
    stops.push(() => limit.close());
    return limit;
  };
  const ownCallLimit = () => createOwnCallLimit(config.liantis.callsAtOnce);
  const liantis = createLiantis(
    { ...config.liantis, ...settings },
    {
      callLimit: callLimit === "own" ? ownCallLimit() : (callLimit ?? sharedCallLimit()),
      ...(exchange === undefined ? {} : { transport: transportOver(exchange) }),
    },
  );
  stops.push(() => liantis.close());
  return liantis;
}

/** One for the process, made when it is needed: a process without workers sends no mail. */
export function mailerOf({ smtpUrl, dataDir, supportEmail }: Config, logger: Logger): () => Mailer {
  let mailer: Mailer | null = null;
  return () => (mailer ??= createMailer({ smtpUrl, dataDir, senderAddress: supportEmail, logger }));
}

export async function openQueue(
  url: string,
  { config, overrides, logger, stops }: Opening & { config: Config },
): Promise<PgBoss> {
  if (overrides.queue === "none") return createAbsentQueue();
  if (overrides.queue !== undefined) return overrides.queue;
  const { supervise = config.role !== "web" } = overrides;
  const boss = await startBoss(url, { logger, supervise });
  stops.push(() => boss.stop({ graceful: true, timeout: 5_000 }));
  return boss;
}
