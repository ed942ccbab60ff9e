import type { Employee, EmployeeDetail } from "@payflip/contract/employees.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import { idParams } from "@payflip/contract/page.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { actorOf, tenantScope } from "../access/principal.ts";
import { rowExists } from "../access/tenant-rows.sql.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { PersonValues } from "../domain/records/employee.ts";
import { shownPersonFields } from "../domain/records/synced-fields.ts";
import { brusselsDate } from "../domain/values/calendar-date.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { decodeCursor, pageOfRows } from "../web/requests/page-cursor.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { scopeOf } from "../web/tenant-guard.ts";
import { viewerOf } from "../web/viewer.ts";
import { employeeStatus } from "./employee-status.ts";
import {
  addEmployee,
  assertAddingAllowed,
  changeEmployee,
  deactivate,
  reactivate,
  type Writing,
} from "./employee-writes.ts";
import { type EmployeeRecord, findEmployee, listEmployees } from "./employees.sql.ts";
import { fieldLocks } from "./field-locks.ts";
import { type FieldWrite, listLastWrites } from "./field-provenance.sql.ts";
import { workerLink } from "./my-liantis-links.ts";
import { plainText } from "./search-text.ts";

type EmployeeDeps = Pick<AppDeps, "db" | "now" | "myLiantisUrl">;

/** Employees: listing and reading them, and changing them by hand. */
export function registerEmployeeRoutes(app: FastifyInstance, deps: EmployeeDeps): void {
  registerEmployeeList(app, deps);
  route(
    app,
    endpoints.readEmployee,
    async ({ params, request }) =>
      await tenantTransaction(deps.db, scopeOf(request), "app", (trx) =>
        readDetail(trx, request, params.id, deps),
      ),
  );
  registerEmployeeWrites(app, deps);
}

function registerEmployeeList(app: FastifyInstance, { db, now }: EmployeeDeps): void {
  route(app, endpoints.listEmployees, async ({ query, request }) => {
    const scope = scopeOf(request);
    const { limit, cursor, entityId = null, q = "", status = null } = query;
    const after = decodeCursor(request, cursor, ["text", "text", "id"]);
    const today = brusselsDate(now().getTime());
    const words = plainText(q).split(/\s+/).filter(Boolean).slice(0, 10);
    const { customerId } = scope;
    const { employees, total } = await tenantTransaction(db, scope, "app", async (trx) => {
      if (entityId !== null && !(await rowExists(trx, customerId, "entity", entityId)))
        throw new Problem("NOT_FOUND");
      const filter = { customerId, entityId, words, status, today };
      return await listEmployees(trx, filter, { limit: limit + 1, after });
    });
    const { shown, nextCursor } = pageOfRows(request, employees, limit, (row) => [
      row.lastName,
      row.firstName,
      row.employeeId,
    ]);
    return { items: shown.map((one) => employeeAnswer(one, today)), nextCursor, total };
  });
}

function registerEmployeeWrites(app: FastifyInstance, deps: EmployeeDeps): void {
  const inTransaction = <T>(request: FastifyRequest, work: (trx: TenantTransaction) => Promise<T>) =>
    tenantTransaction(deps.db, scopeOf(request), "app", work);
  route(
    app,
    endpoints.createEmployee,
    async ({ body, request }) => {
      return await inTransaction(request, async (trx) => {
        const id = await addEmployee(trx, writingOf(request, deps), body);
        return await readDetail(trx, request, id, deps);
      });
    },
    { preValidation: (request) => refuseLockedEntity(request, deps) },
  );
  route(
    app,
    endpoints.changeEmployee,
    async ({ params, body, request }) =>
      await inTransaction(request, async (trx) => {
        await changeEmployee(trx, writingOf(request, deps), params.id, body);
        return await readDetail(trx, request, params.id, deps);
      }),
  );
  route(
    app,
    endpoints.deactivateEmployee,
    async ({ params, body, request }) =>
      await inTransaction(request, async (trx) => {
        await deactivate(trx, writingOf(request, deps), params.id, body.endDate);
        return await readDetail(trx, request, params.id, deps);
      }),
  );
  route(
    app,
    endpoints.reactivateEmployee,
    async ({ params, request }) =>
      await inTransaction(request, async (trx) => {
        await reactivate(trx, writingOf(request, deps), params.id);
        return await readDetail(trx, request, params.id, deps);
      }),
  );
}

/** An entity in full mode refuses a new employee before the form is checked, so that the admin does not correct it in vain. */
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
    assertAddingAllowed(trx, { customerId, language, myLiantisUrl }, named.data.id),
  );
}

/** The write by hand that a request asks for. */
export function writingOf(
  request: FastifyRequest,
  { now, myLiantisUrl }: Pick<AppDeps, "now" | "myLiantisUrl">,
): Writing {
  const { language, now: date } = viewerOf(request, now());
  const { customerId } = scopeOf(request);
  return { customerId, ...actorOf(principalOf(request)), now: date.toISOString(), language, myLiantisUrl };
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
  const { language, now: date } = viewerOf(request, now());
  const { workerId, enterpriseNumber, endDate } = found;
  const link = workerId === null ? null : workerLink(myLiantisUrl, enterpriseNumber, workerId);
  return {
    ...employeeAnswer(found, brusselsDate(date.getTime())),
    endDate,
    workerId,
    liantisLink: link,
    locks: fieldLocks(found, { link, language }),
    provenance: provenanceOf(found, writes),
  };
}

function employeeAnswer(record: EmployeeRecord, today: string): Employee {
  return {
    ...shownValues(record),
    id: record.employeeId,
    entityId: record.entityId,
    status: employeeStatus(record, today),
    linked: record.workerId !== null,
    invited: record.invitedAt !== null,
  };
}

/** Every field of the table that an employee of the API has. */
function shownValues(record: PersonValues): PersonValues {
  return Object.fromEntries(shownPersonFields.map((field) => [field, record[field]])) as PersonValues;
}

/** A field without a later write has its value from the creation of the employee. */
function provenanceOf({ createdAt }: EmployeeRecord, writes: FieldWrite[]): EmployeeDetail["provenance"] {
  return Object.fromEntries(
    shownPersonFields.map((field) => {
      const write = writes.find((one) => one.field === field);
      const created = { source: "payflip" as const, runId: null, writtenAt: createdAt };
      const { source, runId, writtenAt } = write ?? created;
      return [field, { source, runId, at: writtenAt }];
    }),
  );
}
