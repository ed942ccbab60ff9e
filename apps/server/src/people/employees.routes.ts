import {
  deactivation,
  type Employee,
  employeeChange,
  type EmployeeDetail,
  employeeDetail,
  employeePage,
  employeeQuery,
  newEmployee,
} from "@payflip/contract/employees.ts";
import { idParams } from "@payflip/contract/page.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { actorOf, tenantScope } from "../access/principal.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { type EmployeeRecord, findEmployee, listEmployees } from "./employees.sql.ts";
import { type FieldWrite, listLastWrites } from "./field-provenance.sql.ts";
import { rowExists } from "../access/tenant-rows.sql.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { brusselsDate } from "../domain/values/calendar-date.ts";
import { employeeStatus } from "./employee-status.ts";
import {
  addEmployee,
  assertNewcomersWelcome,
  changeEmployee,
  deactivate,
  reactivate,
  type Writing,
} from "./employee-writes.ts";
import { fieldLocks } from "./field-locks.ts";
import { workerLink } from "./my-liantis-links.ts";
import { plainText } from "./search-text.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, encodeCursor } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { access, admins, readers, refusals, typed } from "../web/routes.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";

type EmployeeDeps = Pick<AppDeps, "db" | "now" | "myLiantisUrl">;

/** The people: looking them up, and what may be changed by hand. */
export function registerEmployeeRoutes(app: FastifyInstance, deps: EmployeeDeps): void {
  registerEmployeeList(app, deps);
  typed(app).get(
    "/api/v1/employees/:id",
    {
      config: access(readers, "employee"),
      schema: { tags: ["employees"], params: idParams, response: { 200: employeeDetail, ...refusals } },
    },
    async (request) =>
      await tenantTransaction(deps.db, scopeOf(request), "app", (trx) =>
        readDetail(trx, request, request.params.id, deps),
      ),
  );
  registerEmployeeWrites(app, deps);
}

function registerEmployeeList(app: FastifyInstance, { db, now }: EmployeeDeps): void {
  typed(app).get(
    "/api/v1/employees",
    {
      config: access(readers, "customer"),
      schema: {
        tags: ["employees"],
        querystring: employeeQuery,
        response: { 200: employeePage, ...refusals },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { limit, cursor, entityId = null, q = "", status = null } = request.query;
      const [lastName, firstName, employeeId] = decodeCursor(cursor, ["text", "text", "id"]) ?? [];
      const after: [string, string, string] | null =
        lastName === undefined || firstName === undefined || employeeId === undefined
          ? null
          : [lastName, firstName, employeeId];
      const today = brusselsDate(now().getTime());
      const words = plainText(q).split(/\s+/).filter(Boolean).slice(0, 10);
      const { customerId } = scope;
      const { employees, total } = await tenantTransaction(db, scope, "app", async (trx) => {
        if (entityId !== null && !(await rowExists(trx, customerId, "entity", entityId)))
          throw new Problem("NOT_FOUND");
        const filter = { customerId, entityId, words, status, today };
        return await listEmployees(trx, filter, { limit: limit + 1, after });
      });
      const shown = employees.slice(0, limit);
      const last = shown.at(-1);
      const more = employees.length > limit && last !== undefined;
      return {
        items: shown.map((one) => employeeAnswer(one, today)),
        nextCursor: more ? encodeCursor([last.lastName, last.firstName, last.employeeId]) : null,
        total,
      };
    },
  );
}

function registerEmployeeWrites(app: FastifyInstance, deps: EmployeeDeps): void {
  const tags = ["employees"];
  const inTransaction = <T>(request: FastifyRequest, work: (trx: TenantTransaction) => Promise<T>) =>
    tenantTransaction(deps.db, scopeOf(request), "app", work);
  typed(app).post(
    "/api/v1/employees",
    {
      config: access(admins, "customer"),
      preValidation: (request) => refuseLockedEntity(request, deps),
      schema: { tags, body: newEmployee, response: { 201: employeeDetail, ...refusals } },
    },
    async (request, reply) => {
      const added = await inTransaction(request, async (trx) => {
        const id = await addEmployee(trx, writingOf(request, deps), request.body);
        return await readDetail(trx, request, id, deps);
      });
      return reply.code(201).send(added);
    },
  );
  typed(app).patch(
    "/api/v1/employees/:id",
    {
      config: access(admins, "employee"),
      schema: {
        tags,
        params: idParams,
        body: employeeChange,
        response: { 200: employeeDetail, ...refusals },
      },
    },
    async (request) =>
      await inTransaction(request, async (trx) => {
        await changeEmployee(trx, writingOf(request, deps), request.params.id, request.body);
        return await readDetail(trx, request, request.params.id, deps);
      }),
  );
  typed(app).post(
    "/api/v1/employees/:id/deactivation",
    {
      config: access(admins, "employee"),
      schema: { tags, params: idParams, body: deactivation, response: { 200: employeeDetail, ...refusals } },
    },
    async (request) =>
      await inTransaction(request, async (trx) => {
        await deactivate(trx, writingOf(request, deps), request.params.id, request.body.endDate);
        return await readDetail(trx, request, request.params.id, deps);
      }),
  );
  typed(app).post(
    "/api/v1/employees/:id/reactivation",
    {
      config: access(admins, "employee"),
      schema: { tags, params: idParams, response: { 200: employeeDetail, ...refusals } },
    },
    async (request) =>
      await inTransaction(request, async (trx) => {
        await reactivate(trx, writingOf(request, deps), request.params.id);
        return await readDetail(trx, request, request.params.id, deps);
      }),
  );
}

/** Where nobody is added by hand it does not matter what was sent: nobody fills in a form twice to be told then. */
async function refuseLockedEntity(
  request: FastifyRequest,
  { db, now, myLiantisUrl }: EmployeeDeps,
): Promise<void> {
  const { body } = request;
  const named = idParams.safeParse({
    id: typeof body === "object" && body !== null && "entityId" in body ? body.entityId : null,
  });
  if (!named.success) return;
  const scope = tenantScope(principalOf(request));
  const { language } = viewerOf(request, now());
  const { customerId } = scope;
  await tenantTransaction(db, scope, "app", (trx) =>
    assertNewcomersWelcome(trx, { customerId, language, myLiantisUrl }, named.data.id),
  );
}

/** Who writes, when and in which language a refusal is worded. */
export function writingOf(
  request: FastifyRequest,
  { now, myLiantisUrl }: Pick<AppDeps, "now" | "myLiantisUrl">,
): Writing {
  const { language, now: at } = viewerOf(request, now());
  const { customerId } = scopeOf(request);
  return { customerId, ...actorOf(principalOf(request)), at: at.toISOString(), language, myLiantisUrl };
}

async function readDetail(
  trx: TenantTransaction,
  request: FastifyRequest,
  employeeId: string,
  { now, myLiantisUrl }: EmployeeDeps,
): Promise<EmployeeDetail> {
  const { customerId } = scopeOf(request);
  const found = await findEmployee(trx, customerId, employeeId);
  if (found === null) throw new Problem("NOT_FOUND");
  const writes = await listLastWrites(trx, customerId, employeeId);
  const { language, now: at } = viewerOf(request, now());
  const { workerId, enterpriseNumber, endDate } = found;
  const link = workerId === null ? null : workerLink(myLiantisUrl, enterpriseNumber, workerId);
  return {
    ...employeeAnswer(found, brusselsDate(at.getTime())),
    endDate,
    workerId,
    liantisLink: link,
    locks: fieldLocks(found, { link, language }),
    provenance: provenanceOf(found, writes),
  };
}

function employeeAnswer(record: EmployeeRecord, today: string): Employee {
  const {
    employeeId: id,
    entityId,
    firstName,
    lastName,
    email,
    language,
    startDate,
    employeeNumber,
  } = record;
  return {
    id,
    entityId,
    firstName,
    lastName,
    email,
    language,
    startDate,
    employeeNumber,
    status: employeeStatus(record, today),
    linked: record.workerId !== null,
    invited: record.invitedAt !== null,
  };
}

const shownFields = ["firstName", "lastName", "email", "language", "startDate", "employeeNumber"];

/** A field that nobody wrote since has its value from when the employee was made. */
function provenanceOf({ createdAt }: EmployeeRecord, writes: FieldWrite[]): EmployeeDetail["provenance"] {
  return Object.fromEntries(
    shownFields.map((field) => {
      const write = writes.find((one) => one.field === field);
      const { source, runId, at } = write ?? { source: "payflip" as const, runId: null, at: createdAt };
      return [field, { source, runId, at }];
    }),
  );
}
