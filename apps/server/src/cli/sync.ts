import { once } from "node:events";
import { pino } from "pino";
import type { ActivationActor } from "../connection/activation-deps.ts";
import { listHoldsOfRuns } from "../decisions/list-holds.sql.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import { readPreview } from "../preview/previews.routes.ts";
import { findDefaultMode, startPreview } from "../preview/start-preview.ts";
import { runAnswer } from "../runs/run-answer.ts";
import { findRun, type StoredRun } from "../runs/runs.sql.ts";
import { composeServer, type Server } from "../server.ts";
import { renderProblem } from "../texts/problems.ts";
import {
  type Command,
  commandConfig,
  customerOfEntity,
  print,
  requiredId,
  type Say,
  withDatabase,
} from "./command.ts";

const waitMinutesMax = 60;
const queuedTooLongMs = 30_000;

/** Starts a sync. With --wait it ends with the run: exit 0 in order, 3 needs attention or held, 1 otherwise. */
export const syncNowCommand: Command = entityCommand(syncNow);

/** Starts a preview. With --wait it ends when the preview is ready, with the exit code that the run would have. */
export const syncPreviewCommand: Command = entityCommand(syncPreview);

function entityCommand(work: (call: SyncCall) => Promise<number>): Command {
  return {
    help: "--entity ID [--wait]",
    options: { entity: { type: "string" }, wait: { type: "boolean" } },
    run: async ({ options, env, out, err }) => {
      const entityId = requiredId(options, "entity");
      return await withDatabase(env, async (db, url) => {
        const customerId = await customerOfEntity(db, entityId);
        const server = await composeServer(
          { ...commandConfig(env), role: "worker" },
          { database: { db, url }, logger: pino({ level: "silent" }), supervise: false },
        );
        try {
          return await work({ server, customerId, entityId, wait: options["wait"] === true, out, err });
        } finally {
          await server.close();
        }
      });
    },
  };
}

interface SyncCall extends Say {
  server: Server;
  customerId: string;
  entityId: string;
  wait: boolean;
}

async function syncNow({ server, customerId, entityId, wait, out, err }: SyncCall): Promise<number> {
  const { db, control } = server;
  const scope = { customerId, entityIds: "all" as const };
  const requested = await control.requestSync(scope, entityId, { actorKind: "api_key", actorId: newId() });
  if (requested.kind === "not_active") {
    err("The Liantis integration of this entity is not active.");
    return 1;
  }
  if (requested.kind === "limit_reached") {
    err(`Synchronised too often in the last hour: try again in ${requested.retryAfterSeconds} seconds.`);
    return 1;
  }
  const find = () => tenantTransaction(db, scope, "app", (trx) => findRun(trx, customerId, requested.runId));
  const run = wait
    ? await untilEnded(find, (onChange) => control.watchRun(requested.runId, onChange), err)
    : await find();
  print({ out }, run ? await runToPrint(db, run) : { id: requested.runId });
  return wait ? exitCode(run) : 0;
}

/** More than any preview has: the command line shows all of it. */
const operationsMax = 1_000_000;

async function syncPreview({ server, customerId, entityId, wait, out, err }: SyncCall): Promise<number> {
  const { db, activation, notifications } = server;
  const scope = { customerId, entityIds: "all" as const };
  const actor = { customerId, entityId, actorKind: "api_key" as const, actorId: newId() };
  const previewId = await askForPreview(activation, actor, err);
  if (previewId === null) return 1;
  const find = () => tenantTransaction(db, scope, "app", (trx) => findRun(trx, customerId, previewId));
  const run = wait
    ? await untilEnded(find, (onChange) => notifications.watch(previewId, onChange), err)
    : await find();
  const viewer = { language: "en" as const, seesWages: true, now: activation.now() };
  const page = { viewer, bucket: null, limit: operationsMax, after: null, cursorAfter: () => null };
  print({ out }, { ...(await readPreview(db, scope, previewId, page)), errorCode: run?.errorCode ?? null });
  return wait ? exitCode(run) : 0;
}

/**
 * Starts a preview in the entity's mode, or the mode that it would confirm.
 * @returns the preview's id; null when it was refused, after writing the reason to `err`
 */
async function askForPreview(
  deps: Parameters<typeof startPreview>[0],
  actor: ActivationActor,
  err: Say["err"],
): Promise<string | null> {
  try {
    const mode = await findDefaultMode(deps, actor);
    return (await startPreview(deps, actor, { mode })).previewId;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { detail, remedy } = renderProblem(error.code, error.params, "en");
    err(`${detail} ${remedy}`);
    return null;
  }
}

async function untilEnded(
  find: () => Promise<StoredRun | undefined>,
  watch: (onChange: () => void) => () => void,
  err: Say["err"],
): Promise<StoredRun | undefined> {
  const changes = new EventTarget();
  const stop = watch(() => changes.dispatchEvent(new Event("change")));
  const patience = AbortSignal.timeout(waitMinutesMax * 60_000);
  const queuedTooLong = setTimeout(
    () => err("The run still waits for a worker: is the server running?"),
    queuedTooLongMs,
  );
  try {
    for (;;) {
      // Listening starts before the run is read, so that no change is missed between the two.
      const changed = once(changes, "change", { signal: patience });
      changed.catch(() => {});
      const run = await find();
      if (run && run.status !== "queued") clearTimeout(queuedTooLong);
      if (!run || run.status === "finished" || run.status === "cancelled") return run;
      await changed;
    }
  } finally {
    clearTimeout(queuedTooLong);
    stop();
  }
}

function exitCode(run: StoredRun | undefined): number {
  if (run?.verdict === "in_order") return 0;
  return run?.verdict === "needs_attention" || run?.verdict === "held" ? 3 : 1;
}

/** The run as the API shows it, with wages, and the code that ended it. */
async function runToPrint(db: Database, run: StoredRun) {
  const { customerId, runId, errorCode } = run;
  const holds = await tenantTransaction(db, { customerId, entityIds: "all" }, "app", (trx) =>
    listHoldsOfRuns(trx, customerId, [runId]),
  );
  return { ...runAnswer(run, holds, { language: "en", seesWages: true, now: new Date() }), errorCode };
}
