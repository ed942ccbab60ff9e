import { endpoints } from "@payflip/contract/endpoints.ts";
import type { Explanation } from "@payflip/contract/explanation.ts";
import type { FastifyInstance } from "fastify";
import { nextRun } from "../connection/connection.routes.ts";
import { type StoredConnection, findConnection } from "../connection/connections.sql.ts";
import { issueAnswer } from "../decisions/issues.routes.ts";
import { type HoldRecord, listHoldsOfWorker } from "../decisions/list-holds.sql.ts";
import { listIssues } from "../decisions/list-issues.sql.ts";
import { listTasks } from "../decisions/list-tasks.sql.ts";
import { taskAnswer } from "../decisions/tasks.routes.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { explainPerson, type ExplanationFacts } from "../domain/explain/explanation.ts";
import type { PersonHoldKind } from "../domain/guards/hold-types.ts";
import { brusselsDate } from "../domain/values/calendar-date.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { listChanges } from "../runs/changes.sql.ts";
import { holdAnswer, type Viewer } from "../runs/run-answer.ts";
import { changeAnswer } from "../runs/runs.routes.ts";
import { render } from "../texts/render.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";
import { type EmployeeRecord, findEmployee } from "./employees.sql.ts";
import { isCheckable } from "./field-locks.ts";
import { workerLink } from "./my-liantis-links.ts";
import { findPersonLink, type PersonLink } from "./person-link.sql.ts";

type ExplanationDeps = Pick<AppDeps, "db" | "now" | "myLiantisUrl" | "publicUrl">;

/** Explains a person from what is stored, without calling Liantis. */
export function registerExplanationRoutes(app: FastifyInstance, deps: ExplanationDeps): void {
  route(app, endpoints.explainEmployee, async ({ params, request }) => {
    const scope = scopeOf(request);
    const viewer = viewerOf(request, deps.now());
    return await tenantTransaction(deps.db, scope, "app", async (trx) => {
      const found = await findExplanationParts(trx, scope.customerId, params.id);
      return explanationAnswer(found, viewer, deps);
    });
  });
}

type ExplanationParts = Awaited<ReturnType<typeof findExplanationParts>>;

/** More changes than one run makes to a person: they have a dozen fields and a handful of contracts. */
const changesMax = 1000;

async function findExplanationParts(trx: TenantTransaction, customerId: string, employeeId: string) {
  const employee = await findEmployee(trx, customerId, employeeId);
  if (employee === null) throw new Problem("NOT_FOUND");
  const { entityId, workerId } = employee;
  const personLink = await findPersonLink(trx, { customerId, entityId, employeeId, workerId });
  const runId = personLink.lastLook?.runId ?? null;
  const page = { limit: changesMax, after: null };
  const openOfPerson = {
    customerId,
    entityId,
    issueId: null,
    status: "open",
    codes: null,
    employeeId,
  } as const;
  return {
    employee,
    personLink,
    connection: await findConnection(trx, customerId, entityId),
    changes: runId === null ? [] : (await listChanges(trx, { customerId, runId, employeeId }, page)).changes,
    holds: workerId === null ? [] : await listHoldsOfWorker(trx, { customerId, entityId, workerId }),
    issues: (await listIssues(trx, openOfPerson, page)).issues,
    tasks: (await listTasks(trx, { ...openOfPerson, taskId: null, kind: null }, page)).tasks,
  };
}

function explanationAnswer(found: ExplanationParts, viewer: Viewer, deps: ExplanationDeps): Explanation {
  const { employee, personLink, connection, changes, holds } = found;
  const { language, seesWages, now } = viewer;
  const nextRunAt = connection?.state === "active" ? nextRun(connection, now) : null;
  const issues = found.issues.map((issue) => issueAnswer(issue, language, deps));
  // A notice needs no action, so it does not count.
  const openIssues = issues.filter((issue) => issue.severity !== "notice").length;
  const { summary, steps } = explainPerson(factsOf(found, { nextRunAt, openIssues }));
  const { workerId, enterpriseNumber } = employee;
  return {
    employeeId: employee.employeeId,
    workerId,
    linkedAt: personLink.linkedAt,
    absentSince: personLink.absentSince,
    runId: personLink.lastLook?.runId ?? null,
    lookedAt: personLink.lastLook?.lookedAt ?? null,
    summary: render(`explanation.${summary.key}`, summary.params, language),
    steps: steps.map(({ step, result, ...sentence }) => ({
      step,
      result,
      text: render(`explanation.${sentence.key}`, sentence.params, language),
    })),
    changes: changes.map((one) => changeAnswer(one, seesWages)),
    holds: holds.map((hold) => holdAnswer(hold, viewer)),
    issues,
    tasks: found.tasks.map((task) => taskAnswer(task, language, deps.publicUrl)),
    nextRunAt,
    liantisLink: workerId === null ? null : workerLink(deps.myLiantisUrl, enterpriseNumber, workerId),
    canCheck: isCheckable(employee),
  };
}

function factsOf(
  { employee, personLink, connection, changes, holds }: ExplanationParts,
  { nextRunAt, openIssues }: { nextRunAt: string | null; openIssues: number },
): ExplanationFacts {
  return {
    connection: connectionOf(connection),
    mode: employee.mode,
    choice: employee.choice,
    link: linkOf(employee, personLink),
    unlinked: personLink.unlinked,
    lookedOn: dateOf(personLink.lastLook?.lookedAt ?? null),
    troubleOn: dateOf(personLink.failedAt),
    changes: changes.length,
    held: holds.filter(isHeldBack).map(kindOf),
    rejected: holds.filter((hold) => !isHeldBack(hold)).map(kindOf),
    issues: openIssues,
    nextRunOn: dateOf(nextRunAt),
  };
}

function connectionOf(connection: StoredConnection | undefined): ExplanationFacts["connection"] {
  if (connection === undefined || connection.mode === null) return "none";
  const { state } = connection;
  return state === "active" || state === "paused" || state === "disabled" ? state : "none";
}

function linkOf({ workerId }: EmployeeRecord, personLink: PersonLink): ExplanationFacts["link"] {
  const linkedOn = dateOf(personLink.linkedAt);
  if (workerId === null || linkedOn === null) return null;
  return { workerId, linkedOn, linkedBy: personLink.linkedBy, absentSince: dateOf(personLink.absentSince) };
}

/** A person whose changes an admin undid stays held until an admin accepts, also after a rejection. */
function isHeldBack({ status, kind }: HoldRecord): boolean {
  return status === "open" || kind === "reverted";
}

function kindOf({ kind }: HoldRecord): PersonHoldKind {
  return kind === "reverted" || kind === "identity_swap" ? kind : "wage";
}

function dateOf(instant: string | null): string | null {
  return instant === null ? null : brusselsDate(Date.parse(instant));
}
