import type { Hold } from "@payflip/contract/holds.ts";
import {
  type Preview as PreviewBody,
  previewBucket,
  type PreviewOperation as OperationBody,
} from "@payflip/contract/previews.ts";
import { isIssueCode } from "../domain/catalogue/issue-catalogue.ts";
import { isProblemCode } from "../domain/catalogue/problem-catalogue.ts";
import type { PreviewIssue } from "../postgres/rows/previews.ts";
import { changesAnswer, reasonAnswer, type Viewer } from "../runs/run-answer.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import { renderIssue } from "../texts/issues.ts";
import { renderProblem } from "../texts/problems.ts";
import type { OperationRecord, StoredPreview } from "./previews.sql.ts";

/** A preview as the API shows it. Wage values are null for viewers who may not see wages. */
export function previewAnswer(
  preview: StoredPreview,
  run: StoredRun,
  page: { operations: OperationRecord[]; total: number; nextCursor: string | null },
  viewer: Viewer,
): PreviewBody {
  const status = statusOf(preview, run);
  return {
    id: preview.previewId,
    entityId: preview.entityId,
    mode: preview.mode,
    status,
    error: status === "failed" ? errorOf(run, viewer) : null,
    hash: preview.hash,
    counts: preview.counts ?? run.counts,
    released: preview.released,
    differsFrom: preview.differsFrom,
    holds: preview.reasons.length === 0 ? [] : [holdOf(preview, viewer)],
    progress: { phase: run.phase, done: run.done, total: run.declaredTotal },
    createdAt: preview.createdAt,
    expiresAt: preview.expiresAt,
    operations: {
      items: page.operations.map((one) => operationAnswer(one, viewer)),
      nextCursor: page.nextCursor,
      total: page.total,
    },
  };
}

function statusOf({ hash }: StoredPreview, { status }: StoredRun): PreviewBody["status"] {
  if (status === "queued" || status === "running") return status;
  return hash === null ? "failed" : "ready";
}

function errorOf({ errorCode, errorReference }: StoredRun, { language }: Viewer): PreviewBody["error"] {
  const code = errorCode ?? "WRONG_STATE";
  if (isIssueCode(code)) {
    const { cause, remedy } = renderIssue(code, {}, language);
    return { code, cause, remedy };
  }
  const known = isProblemCode(code) ? code : "INTERNAL";
  const params = errorReference === null ? {} : { reference: errorReference };
  const { detail: cause, remedy } = renderProblem(known, params, language);
  return { code, cause, remedy };
}

/** The hold that a guard would open. It is not decided by itself: confirming the preview lets the run through. */
function holdOf(preview: StoredPreview, viewer: Viewer): Hold {
  return {
    id: preview.previewId,
    runId: preview.previewId,
    kind: "source_looks_wrong",
    workerId: null,
    employeeId: null,
    employeeName: null,
    employeeNumber: null,
    changes: [],
    reasons: preview.reasons.map((reason) => reasonAnswer(reason, viewer)),
    // Absent people are among the operations.
    people: [],
    peopleTotal: 0,
    emptied: [],
    status: "open",
    createdAt: preview.createdAt,
  };
}

function operationAnswer(
  { fields, issues, reasons, bucket, ...operation }: OperationRecord,
  viewer: Viewer,
): OperationBody {
  return {
    ...operation,
    bucket: previewBucket.parse(bucket),
    changes: changesAnswer(fields ?? [], viewer),
    issues: (issues ?? []).flatMap((issue) => issueAnswer(issue, viewer)),
    reasons: (reasons ?? []).map((reason) => reasonAnswer(reason, viewer)),
  };
}

/** Of people whose values are not kept, the title is the cause: it contains no value. */
function issueAnswer({ code, variant, params }: PreviewIssue, { language }: Viewer): OperationBody["issues"] {
  if (!isIssueCode(code)) return [];
  const { title, cause, remedy } = renderIssue(code, params ?? { reason: variant ?? "" }, language);
  return [{ code, cause: params === null ? title : cause, remedy }];
}
