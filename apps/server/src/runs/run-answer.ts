import {
  type Hold as HoldBody,
  holdKind,
  type HoldReason,
  type PlannedChange,
} from "@payflip/contract/holds.ts";
import type { Language } from "@payflip/contract/page.ts";
import type { Run as RunBody } from "@payflip/contract/syncs.ts";
import type { HoldRecord } from "../decisions/list-holds.sql.ts";
import { limitsOf } from "../domain/guards/hold-limits.ts";
import type { PlannedField } from "../domain/guards/hold-types.ts";
import { renderHoldReason } from "../texts/holds.ts";
import { fieldName } from "../texts/render.ts";
import type { StoredRun } from "./runs.sql.ts";

export interface Viewer {
  language: Language;
  seesWages: boolean;
  now: Date;
}

/** A run as the API shows it. */
export function runAnswer(run: StoredRun, holds: HoldRecord[], viewer: Viewer): RunBody {
  return {
    id: run.runId,
    entityId: run.entityId,
    trigger: run.trigger,
    workerId: run.workerId,
    status: run.status,
    verdict: run.verdict,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    progress: {
      phase: run.phase,
      done: run.done,
      total: run.declaredTotal,
      etaSeconds: etaSeconds(run, viewer.now),
    },
    counts: run.counts,
    previewId: run.errorCode === "PREVIEW_OUTDATED" ? run.runId : null,
    holds: holds
      .filter((hold) => hold.runId === run.runId || hold.lastRunId === run.runId)
      .map((hold) => holdAnswer(hold, viewer)),
  };
}

/** A hold as the API shows it: what is kept back and why, in words. */
export function holdAnswer(hold: HoldRecord, viewer: Viewer): HoldBody {
  const absent = hold.people.find(({ about }) => about === "absent");
  return {
    id: hold.holdId,
    runId: hold.runId,
    kind: holdKind.parse(hold.kind),
    workerId: hold.workerId,
    employeeId: hold.employeeId,
    employeeName: hold.employeeName,
    employeeNumber: hold.employeeNumber,
    changes: changesAnswer(hold.fields, viewer),
    reasons: hold.reasons.map((reason) => reasonAnswer(reason, viewer)),
    people: absent?.people ?? [],
    peopleTotal: absent?.total ?? 0,
    emptied: hold.people
      .filter((group) => group !== absent)
      .map(({ about: field, people, total: peopleTotal }) => ({
        field,
        fieldName: fieldName(field, viewer.language),
        people,
        peopleTotal,
      })),
    status: hold.status,
    createdAt: hold.createdAt,
  };
}

/** Fields that would be written; those of a wage contract without their values for viewers who may not see wages. */
export function changesAnswer(fields: readonly PlannedField[], { seesWages }: Viewer): PlannedChange[] {
  return fields.map(({ contractId, field, before, after }) => {
    const hidden = contractId !== null && !seesWages;
    return { contractId, field, before: hidden ? null : before, after: hidden ? null : after };
  });
}

/** A reason in words. The figures of a wage are left out for viewers who may not see wages; limits are no secret. */
export function reasonAnswer(
  { code, params }: { code: string; params: Readonly<Record<string, string>> },
  { language, seesWages }: Viewer,
): HoldReason {
  const shown = seesWages || !code.startsWith("WAGE_") ? { ...params } : limitsOf(params);
  return { code, params: shown, text: renderHoldReason(code, shown, language) ?? code };
}

/** Seconds until the phase is done at its present speed; null while there is no estimate. */
export function etaSeconds(
  run: Pick<StoredRun, "status" | "phaseStartedAt" | "done" | "declaredTotal">,
  now: Date,
): number | null {
  const { status, phaseStartedAt, done, declaredTotal } = run;
  if (status !== "running" || phaseStartedAt === null || declaredTotal === null || done <= 0) return null;
  const elapsedMs = Math.max(0, now.getTime() - Date.parse(phaseStartedAt));
  return Math.round((elapsedMs * Math.max(0, declaredTotal - done)) / done / 1000);
}
