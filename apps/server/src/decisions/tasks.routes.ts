import { endpoints } from "@payflip/contract/endpoints.ts";
import type { Language } from "@payflip/contract/page.ts";
import type { Task } from "@payflip/contract/tasks.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { isRaisedTaskKind, taskPlace } from "../domain/catalogue/task-catalogue.ts";
import type { TaskPlace } from "../domain/catalogue/task-entry.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import { renderTask } from "../texts/tasks.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, pageOfRows } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";
import { listTasks, type TaskRecord } from "./list-tasks.sql.ts";
import { completeTask } from "./tasks.sql.ts";

type TaskDeps = Pick<AppDeps, "db" | "now" | "publicUrl">;

/** Tasks: listing them, and completing one. */
export function registerTaskRoutes(app: FastifyInstance, deps: TaskDeps): void {
  const { db, now } = deps;
  route(app, endpoints.listTasks, async ({ params, query, request }) => {
    const scope = scopeOf(request);
    const { limit, cursor, status = "open", kind = null, employeeId = null } = query;
    const after = decodeCursor(request, cursor, ["instant", "id"]);
    const { customerId } = scope;
    const filter = { customerId, entityId: params.id, taskId: null, status, kind, employeeId };
    const { tasks, total } = await tenantTransaction(db, scope, "app", (trx) =>
      listTasks(trx, filter, { limit: limit + 1, after }),
    );
    const { shown, nextCursor } = pageOfRows(request, tasks, limit, (row) => [row.firstSeenAt, row.taskId]);
    const { language } = viewerOf(request, now());
    return { items: shown.map((one) => taskAnswer(one, language, deps.publicUrl)), nextCursor, total };
  });
  registerCompletion(app, deps);
}

function registerCompletion(app: FastifyInstance, { db, now, publicUrl }: TaskDeps): void {
  route(app, endpoints.completeTask, async ({ params, request }) => {
    const scope = scopeOf(request);
    const { customerId } = scope;
    const { id } = params;
    const actor = actorOf(principalOf(request));
    const endedAt = now().toISOString();
    const done = await tenantTransaction(db, scope, "app", async (trx) => {
      if (!(await completeTask(trx, { customerId, taskId: id, endedAt, endedBy: actor.actorId })))
        throw new Problem("WRONG_STATE");
      const filter = { customerId, entityId: null, taskId: id, status: null, kind: null, employeeId: null };
      const [found] = (await listTasks(trx, filter, { limit: 1, after: null })).tasks;
      if (found === undefined) throw new Problem("NOT_FOUND");
      const entry = {
        ...actor,
        customerId,
        entityId: found.entityId,
        action: "task.done",
        subject: id,
        doneAt: endedAt,
      };
      await recordAudit(trx, entry);
      return found;
    });
    return taskAnswer(done, viewerOf(request, now()).language, publicUrl);
  });
}

/** A task as the API shows it. */
export function taskAnswer(record: TaskRecord, language: Language, publicUrl: string): Task {
  const { kind, params, status } = record;
  if (!isRaisedTaskKind(kind)) throw new Error("a task whose kind left the catalogue");
  const count = params["count"];
  return {
    id: record.taskId,
    entityId: record.entityId,
    kind,
    status,
    workerId: record.workerId,
    employeeId: record.employeeId,
    employeeName: record.employeeName,
    employeeNumber: record.employeeNumber ?? blankToNull(params["employeeNumber"]),
    ...renderTask(kind, params, language),
    dueOn: record.dueOn,
    count: count === undefined ? null : Number(count),
    link: linkOf(taskPlace(kind), record, publicUrl),
    firstSeenAt: record.firstSeenAt,
    lastSeenAt: record.lastSeenAt,
  };
}

/** The page of the app where the decision is made; null where an admin may not open it. */
function linkOf(place: TaskPlace, record: TaskRecord, app: string): string | null {
  const { employeeId, entityId, caseId } = record;
  switch (place) {
    case "employee":
      return employeeId === null ? null : `${app}/users/${employeeId}`;
    case "picker":
      return `${app}/settings/integrations/liantis/people?entity=${entityId}`;
    case "case":
      return caseId === null ? null : `${app}/cases/${caseId}`;
    case "connection":
      return `${app}/settings/integrations/liantis?entity=${entityId}`;
  }
}

function blankToNull(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text;
}
