import type { RunVerdict } from "@payflip/contract/syncs.ts";
import { admitNewcomers } from "../choices/choices.sql.ts";
import { findPeopleOfHold } from "./hold-people.sql.ts";
import { insertRunHold, supersedeRunHolds } from "../decisions/holds.sql.ts";
import {
  closeIssuesOpenSince,
  closeUnseenIssues,
  countSeenIssues,
  type RaisedIssue,
  raiseIssues,
  reopenIssuesForReview,
} from "../decisions/issues.sql.ts";
import { findLinkedEmployeeIds, markAbsent } from "../people/links/linked-people.sql.ts";
import { countSeenHolds, supersedeUnseenPersonHolds } from "../decisions/person-holds.sql.ts";
import { cancelOpenRuns, cancelRun } from "../runs/cancel-run.sql.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import { finishRun } from "../runs/take-run.sql.ts";
import { dropStaged, type UnreadableListed, findUnreadable } from "../runs/staging.sql.ts";
import { pauseConnection, recordSuccess } from "../connection/sync-connection.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { brusselsDate } from "../domain/values/calendar-date.ts";
import { watchedFields } from "../domain/records/synced-fields.ts";
import { isBalanced, type RunCounts } from "../domain/plan/counts.ts";
import type { ListingHold } from "../domain/guards/guard.ts";
import {
  eventCodes,
  type IssueCode,
  issueCatalogue,
  issueWithParams,
} from "../domain/catalogue/issue-catalogue.ts";
import type { LiantisFault } from "../liantis/faults.ts";
import { instant, type SyncEngine, syncTransaction } from "./engine.ts";
import { reportTasks } from "./report-tasks.ts";

/** How a run ended for its worker process. `over`: it had ended already, or another process has it now. */
export type RunEnd =
  | { kind: "over" }
  | { kind: "ended"; verdict: RunVerdict; code: string | null; pausedConnection: boolean };

/** Issue codes that need attention; with notices alone a run is in order. */
const attentionCodes = Object.entries(issueCatalogue).flatMap(([code, entry]) =>
  entry.severity === "notice" ? [] : [code],
);

/** How long an event stays open. */
const eventDays = 7;

/** The end of a run whose listing was complete and applied: absences, issues that closed by themselves, the verdict. */
export async function endReported(engine: SyncEngine, run: StoredRun): Promise<RunEnd> {
  const now = instant(engine);
  const verdict = await syncTransaction(engine, run.customerId, async (trx) => {
    const { unreadableNameless } = await raiseUnreadable(trx, run, now);
    const everybodyKnown = unreadableNameless === 0;
    if (everybodyKnown) await markAbsent(trx, run, now);
    await admitNewcomers(trx, run, { now, isComplete: everybodyKnown });
    await closeUnseenIssues(trx, { ...run, now }, { workerId: null, except: eventCodes });
    await closeIssuesOpenSince(trx, { ...run, now }, { codes: eventCodes, days: eventDays });
    await reopenIssuesForReview(trx, run, brusselsDate(engine.now()));
    await supersedeRunHolds(trx, run);
    await supersedeUnseenPersonHolds(trx, run, null);
    await reportTasks(trx, { ...run, now });
    await recordSuccess(trx, run.customerId, run.entityId, now);
    return await finishApplied(trx, run, now);
  });
  return logEnd(engine, run, verdict, null);
}

/** The last step of a run that applied: removes what it staged, and writes its verdict. */
export async function finishApplied(
  trx: TenantTransaction,
  run: StoredRun,
  now: string,
): Promise<RunVerdict> {
  await dropStaged(trx, run);
  const verdict = await judgeRun(trx, run);
  const { counts } = run;
  const amiss = isBalanced(counts) ? {} : { errorCode: "COUNTS_UNBALANCED" };
  await finishRun(trx, run, { verdict, counts, now, ...amiss });
  return verdict;
}

async function judgeRun(trx: TenantTransaction, run: StoredRun): Promise<RunVerdict> {
  if (!isBalanced(run.counts)) return "failed";
  const wrong = await countSeenIssues(trx, run, attentionCodes);
  const held = await countSeenHolds(trx, run);
  return wrong > 0 || run.counts.failed > 0 || held > 0 ? "needs_attention" : "in_order";
}

/** Opens an issue for each record that could not be read, and one for all records without a readable id. */
export async function raiseUnreadable(
  trx: TenantTransaction,
  run: StoredRun,
  now: string,
): Promise<UnreadableListed> {
  const unreadable = await findUnreadable(trx, run);
  const { unreadableWorkerIds, unreadableNameless } = unreadable;
  const employeeIds = await findLinkedEmployeeIds(trx, run, unreadableWorkerIds);
  const workerIds = unreadableNameless > 0 ? [...unreadableWorkerIds, ""] : unreadableWorkerIds;
  const issues = workerIds.map((id) => unreadableRecord(id, employeeIds.get(id) ?? null));
  await raiseIssues(trx, { ...run, now }, issues);
  return unreadable;
}

/**
 * A record that could not be read at all; the stored person stays unchanged. @param workerId "": not even the id is readable
 */
export function unreadableRecord(workerId: string, employeeId: string | null): RaisedIssue {
  return {
    ...issueWithParams("PAYLOAD_INVALID", { reason: "record" }),
    workerId,
    contractId: "",
    employeeId,
  };
}

/** The guard holds the run: nothing was written, an admin decides. */
export async function endHeld(
  engine: SyncEngine,
  run: StoredRun,
  held: { holds: ListingHold[]; fingerprint: string; counts: RunCounts },
): Promise<RunEnd> {
  const now = instant(engine);
  await syncTransaction(engine, run.customerId, async (trx) => {
    const { fingerprint } = held;
    const people = await findPeopleOfHold(trx, run, emptiedBits(held.holds));
    for (const hold of held.holds)
      await insertRunHold(trx, run, { ...hold, fingerprint, people, createdAt: now });
    await raiseIssues(trx, { ...run, now }, [runIssue("SOURCE_LOOKS_WRONG")]);
    await dropStaged(trx, run);
    await finishRun(trx, run, { verdict: "held", counts: held.counts, now, errorCode: "SOURCE_LOOKS_WRONG" });
  });
  return logEnd(engine, run, "held", "SOURCE_LOOKS_WRONG");
}

/** The fields that the guard found emptied, with their bits among the watched ones. */
function emptiedBits(holds: ListingHold[]): Map<string, number> {
  const reasons = holds.flatMap((hold) => hold.reasons);
  const fields = reasons.flatMap((reason) => (reason.code === "FIELD_EMPTIED" ? [reason.params.field] : []));
  const emptied = watchedFields.filter(({ name }) => fields.includes(name));
  return new Map(emptied.map(({ name, bit }) => [name, bit]));
}

/** The listing contradicted itself twice: nothing is applied, and no person counts as absent. */
export async function endIncomplete(engine: SyncEngine, run: StoredRun): Promise<RunEnd> {
  const now = instant(engine);
  await syncTransaction(engine, run.customerId, async (trx) => {
    await raiseIssues(trx, { ...run, now }, [runIssue("LISTING_INCOMPLETE")]);
    await dropStaged(trx, run);
    await finishRun(trx, run, {
      verdict: "incomplete",
      counts: { ...run.counts, fetched: run.done },
      now,
      errorCode: "LISTING_INCOMPLETE",
    });
  });
  return logEnd(engine, run, "incomplete", "LISTING_INCOMPLETE");
}

/** The connection was switched off or paused since the run was asked for. A preview ends alone; other kinds end together. */
export async function endCancelled(engine: SyncEngine, run: StoredRun): Promise<RunEnd> {
  await syncTransaction(engine, run.customerId, async (trx) => {
    if (run.kind === "preview") await cancelRun(trx, run, instant(engine));
    else await cancelOpenRuns(trx, run.customerId, run.entityId, instant(engine));
  });
  return { kind: "over" };
}

/** Trouble at the provider ended the run: what was applied before stays. */
export async function endByFault(engine: SyncEngine, run: StoredRun, fault: LiantisFault): Promise<RunEnd> {
  const now = instant(engine);
  const code = issueOfFault(fault);
  const paused = await syncTransaction(engine, run.customerId, async (trx) => {
    // A run about one person opens no issue of the whole connection, unless the connection is paused because of it.
    if (run.kind !== "person" || code === "CONSENT_REVOKED")
      await raiseIssues(trx, { ...run, now }, [runIssue(code)]);
    await dropStaged(trx, run);
    await finishRun(trx, run, { verdict: "failed", counts: run.counts, now, errorCode: code });
    if (code !== "CONSENT_REVOKED") return false;
    return await pauseConnection(trx, run.customerId, run.entityId, "consent_revoked", now);
  });
  return logEnd(engine, run, "failed", code, paused);
}

/** An unexpected error at every attempt: the run ends with a reference for support instead of being tried for ever. */
export async function endByAccident(engine: SyncEngine, run: StoredRun, reference: string): Promise<RunEnd> {
  const now = instant(engine);
  await syncTransaction(engine, run.customerId, async (trx) => {
    await dropStaged(trx, run);
    await finishRun(trx, run, {
      verdict: "failed",
      counts: run.counts,
      now,
      errorCode: "INTERNAL",
      errorReference: reference,
    });
  });
  return logEnd(engine, run, "failed", "INTERNAL");
}

/**
 * The issue that a fault opens. An employer that is suddenly unknown may be a mistake of the provider: the run is tried again
 * as after any other trouble, and no new consent is asked for.
 */
export function issueOfFault(fault: LiantisFault): IssueCode {
  if (fault.code === "PARTNER_AUTH_FAILED") return "PARTNER_AUTH_FAILED";
  if (fault.code === "CONSENT_MISSING" || fault.code === "CONSENT_REVOKED") return "CONSENT_REVOKED";
  return "LIANTIS_UNAVAILABLE";
}

function runIssue(code: IssueCode): RaisedIssue {
  return { code, workerId: "", contractId: "", employeeId: null, params: {} };
}

/** Logs how a run ended. */
export function logEnd(
  engine: SyncEngine,
  run: StoredRun,
  verdict: RunVerdict,
  code: string | null,
  pausedConnection = false,
): RunEnd {
  engine.logger.info({ runId: run.runId, customerId: run.customerId, verdict, code }, "run ended");
  return { kind: "ended", verdict, code, pausedConnection };
}
