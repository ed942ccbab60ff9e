import { createHash } from "node:crypto";
import type { Run as RunBody } from "@payflip/contract/syncs.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { Database } from "../postgres/database.ts";
import { listHoldsOfRuns } from "../decisions/list-holds.sql.ts";
import { findRun } from "./runs.sql.ts";
import { type TenantScope, tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { runAnswer, type Viewer } from "./run-answer.ts";
import { principalOf } from "../web/route-access.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";

/** A comment at this interval keeps proxies from closing a silent stream. */
const heartbeatMs = 15_000;
const streamType = "text/event-stream; charset=utf-8";
/** Longest time of one stream. Then the browser connects again (with `Last-Event-ID`), and its access is checked again. */
const streamMsMax = 10 * 60 * 1000;

/** A caller with as many streams as one may have tries again then. */
const streamRetrySeconds = 30;

/** A run of the scope. @throws Problem NOT_FOUND */
export async function readRun(
  db: Database,
  scope: TenantScope,
  runId: string,
  viewer: Viewer,
): Promise<RunBody> {
  return await tenantTransaction(db, scope, "app", async (trx) => {
    const found = await findRun(trx, scope.customerId, runId);
    if (found === undefined) throw new Problem("NOT_FOUND");
    return runAnswer(found, await listHoldsOfRuns(trx, scope.customerId, [runId]), viewer);
  });
}

/**
 * Sends the run now and each time it changed, until it ends. The id of an event is a hash of its content: a browser that comes
 * back with `Last-Event-ID` is not sent the same state again.
 */
export async function streamRun(
  request: FastifyRequest,
  reply: FastifyReply,
  runId: string,
  { db, now, sync, logger }: Pick<AppDeps, "db" | "now" | "sync" | "logger">,
): Promise<void> {
  const scope = scopeOf(request);
  const read = () => readRun(db, scope, runId, viewerOf(request, now()));
  const first = await read();
  const lastEventId = request.headers["last-event-id"] ?? "";
  if (isOver(first) && eventId(first) === lastEventId) {
    // A browser that gets 204 does not connect again.
    void reply.code(204).send();
    return;
  }
  if (request.method === "HEAD") {
    void reply.type(streamType).header("cache-control", "no-store").send("");
    return;
  }
  const { actorKind, actorId } = actorOf(principalOf(request));
  const leave = request.server.eventStreams.enter(`${actorKind}:${actorId}`, () => close());
  if (leave === null) throw new Problem("RATE_LIMITED", { retryAfterSeconds: streamRetrySeconds });
  const stream = openStream(reply, String(lastEventId));
  const watch = watchChanges(sync, runId);
  const close = () => {
    stream.end();
    watch.wake();
  };
  const beat = setInterval(() => stream.comment(), heartbeatMs);
  const limit = setTimeout(close, streamMsMax);
  reply.raw.once("close", close);
  try {
    for (let run = first, look = 1; ; run = await read(), look += 1) {
      stream.send(run);
      // The second look closes the gap between the first one and the watch.
      if (!isOver(run) && !stream.ended() && look > 1) await watch.nextChange();
      if (isOver(run) || stream.ended()) break;
    }
  } catch (error) {
    // The answer has begun, so it can only be ended. The browser connects again and gets the problem then.
    const code = error instanceof Error ? error.name : null;
    logger.warn({ reference: request.id, code }, "run events ended early");
  } finally {
    leave();
    watch.stop();
    clearInterval(beat);
    clearTimeout(limit);
    stream.end();
  }
}

/** Remembers a change that comes while `nextChange` is not waiting. */
function watchChanges(sync: AppDeps["sync"], runId: string) {
  let changed = false;
  let wake: () => void = () => {};
  const stop = sync.watchRun(runId, () => {
    changed = true;
    wake();
  });
  return {
    stop,
    wake: () => wake(),
    async nextChange(): Promise<void> {
      if (!changed) {
        const woken = Promise.withResolvers<void>();
        wake = woken.resolve;
        await woken.promise;
      }
      changed = false;
    },
  };
}

function eventId(run: RunBody): string {
  // The estimate changes with the clock: it is no news by itself.
  const news = { ...run, progress: { ...run.progress, etaSeconds: null } };
  return createHash("sha256").update(JSON.stringify(news)).digest("base64url").slice(0, 22);
}

function isOver(run: RunBody): boolean {
  return run.status === "finished" || run.status === "cancelled";
}

function openStream(reply: FastifyReply, lastEventId: string) {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  raw.writeHead(200, {
    "content-type": streamType,
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  raw.write("retry: 2000\n\n");
  let sent = lastEventId;
  return {
    send(run: RunBody): void {
      const id = eventId(run);
      if (id === sent || raw.writableEnded) return;
      sent = id;
      raw.write(`id: ${id}\nevent: run\ndata: ${JSON.stringify(run)}\n\n`);
    },
    comment(): void {
      if (!raw.writableEnded) raw.write(": still here\n\n");
    },
    end(): void {
      if (!raw.writableEnded) raw.end();
    },
    ended: () => raw.writableEnded || raw.destroyed,
  };
}
