import type { Language } from "@payflip/contract/page.ts";
import { idParams } from "@payflip/contract/page.ts";
import { type Task, task, taskPage, taskQuery } from "@payflip/contract/tasks.ts";
import type { FastifyInstance } from "fastify";
import { actorOf } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { listTasks, type TaskRecord } from "./task-listing.sql.ts";
import { completeTask } from "./tasks.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import { isRaisedTaskKind, renderTask, taskPlace } from "../domain/catalogue/task-catalogue.ts";
import type { TaskPlace } from "../domain/catalogue/task-entry.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, encodeCursor } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { access, admins, refusals, typed } from "../web/routes.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";

type TaskDeps = Pick<AppDeps, "db" | "now" | "publicUrl">;

/** What is to be decided, and how. */
export function registerTaskRoutes(app: FastifyInstance, deps: TaskDeps): void {
  const { db, now } = deps;
  typed(app).get(
    "/api/v1/entities/:id/tasks",
    {
      config: access(admins, "entity"),
      schema: {
        tags: ["tasks"],
        params: idParams,
        querystring: taskQuery,
        response: { 200: taskPage, ...refusals },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { limit, cursor, status = "open", kind = null, employeeId = null } = request.query;
      const [firstSeenAt, taskId] = decodeCursor(cursor, ["instant", "id"]) ?? [];
      const after: [string, string] | null =
        firstSeenAt === undefined || taskId === undefined ? null : [firstSeenAt, taskId];
      const { customerId } = scope;
      const filter = { customerId, entityId: request.params.id, taskId: null, status, kind, employeeId };
      const { tasks, total } = await tenantTransaction(db, scope, "app", (trx) =>
        listTasks(trx, filter, { limit: limit + 1, after }),
      );
      const shown = tasks.slice(0, limit);
      const last = shown.at(-1);
      const more = tasks.length > limit && last !== undefined;
      const { language } = viewerOf(request, now());
      return {
        items: shown.map((one) => taskAnswer(one, language, deps.publicUrl)),
        nextCursor: more ? encodeCursor([last.first_seen_at, last.task_id]) : null,
        total,
      };
    },
  );
  registerCompletion(app, deps);
}

function registerCompletion(app: FastifyInstance, { db, now, publicUrl }: TaskDeps): void {
  typed(app).post(
    "/api/v1/tasks/:id/completion",
    {
      config: access(admins, "task"),
      schema: { tags: ["tasks"], params: idParams, response: { 200: task, ...refusals } },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { customerId } = scope;
      const { id } = request.params;
      const actor = actorOf(principalOf(request));
      const at = now().toISOString();
      const done = await tenantTransaction(db, scope, "app", async (trx) => {
        if (!(await completeTask(trx, { customerId, taskId: id, at, by: actor.actorId })))
          throw new Problem("WRONG_STATE");
        const filter = { customerId, entityId: null, taskId: id, status: null, kind: null, employeeId: null };
        const [found] = (await listTasks(trx, filter, { limit: 1, after: null })).tasks;
        if (found === undefined) throw new Problem("NOT_FOUND");
        const entry = {
          ...actor,
          customerId,
          entityId: found.entity_id,
          action: "task.done",
          subject: id,
          at,
        };
        await recordAudit(trx, entry);
        return found;
      });
      return taskAnswer(done, viewerOf(request, now()).language, publicUrl);
    },
  );
}

/** A task as the API shows it. */
export function taskAnswer(record: TaskRecord, language: Language, publicUrl: string): Task {
  const { kind, params, status } = record;
  if (!isRaisedTaskKind(kind)) throw new Error("a task whose kind left the catalogue");
  const count = params["count"];
  return {
    id: record.task_id,
    entityId: record.entity_id,
    kind,
    status,
    workerId: record.worker_id === "" ? null : record.worker_id,
    employeeId: record.employee_id,
    employeeName: record.employee_name,
    employeeNumber: record.employee_number ?? blankToNull(params["employeeNumber"]),
    ...renderTask(kind, params, language),
    dueOn: record.due_on,
    count: count === undefined ? null : Number(count),
    link: linkOf(taskPlace(kind), record, publicUrl),
    firstSeenAt: record.first_seen_at,
    lastSeenAt: record.seen_at,
  };
}

/** The page of the app where it is decided; null where whoever asks may not open it. */
function linkOf(place: TaskPlace, record: TaskRecord, app: string): string | null {
  const { employee_id: employeeId, entity_id: entityId, case_id: caseId } = record;
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
