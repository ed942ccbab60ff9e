import { idParams, pageQuery } from "@payflip/contract/page.ts";
import {
  newWageContract,
  type WageContract,
  wageContract,
  wageContractPage,
} from "@payflip/contract/wage-contracts.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import * as z from "zod/mini";
import { tenantScope } from "../../access/principal.ts";
import { Problem } from "../../domain/catalogue/problem.ts";
import { findEmployee } from "../employees.sql.ts";
import { tenantTransaction } from "../../postgres/transaction.ts";
import { listWageContracts, type WageContractRecord } from "./wage-contracts.sql.ts";
import { brusselsDate } from "../../domain/values/calendar-date.ts";
import { addWageContract, currentContractIdOf, removeWageContract, wageInputOf } from "./wage-contracts.ts";
import { assertUnlocked, lockedEmployee } from "../employee-writes.ts";
import { describeDerivation } from "./wage-derivation.ts";
import type { AppDeps } from "../../web/app-deps.ts";
import { writingOf } from "../employees.routes.ts";
import { decodeCursor, encodeCursor } from "../../web/requests/page-cursor.ts";
import { principalOf } from "../../web/route-access.ts";
import { access, admins, readers, refusals, typed } from "../../web/routes.ts";
import type { Viewer } from "../../runs/run-answer.ts";
import { scopeOf } from "../../web/tenant-guard.ts";
import { viewerOf } from "../../web/viewer.ts";

type WageDeps = Pick<AppDeps, "db" | "now" | "myLiantisUrl">;

/** Wage contracts: what Liantis sent, what was derived, which one counts today. By hand only for people who are not linked. */
export function registerWageContractRoutes(app: FastifyInstance, deps: WageDeps): void {
  const { db, now } = deps;
  typed(app).get(
    "/api/v1/employees/:id/wage-contracts",
    {
      config: access(readers, "employee", { wages: true }),
      schema: {
        tags: ["wages"],
        params: idParams,
        querystring: pageQuery,
        response: { 200: wageContractPage, ...refusals },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { customerId } = scope;
      const { id } = request.params;
      const { limit, cursor } = request.query;
      const from = Number(decodeCursor(cursor, ["count"])?.[0] ?? 0);
      const { contracts, employee } = await tenantTransaction(db, scope, "app", async (trx) => ({
        employee: await findEmployee(trx, customerId, id),
        contracts: await listWageContracts(trx, customerId, id),
      }));
      if (employee === null) throw new Problem("NOT_FOUND");
      const viewer = viewerOf(request, now());
      const current = currentContractIdOf(
        contracts,
        brusselsDate(viewer.now.getTime()),
        employee.currentContractId,
      );
      const end = from + limit;
      return {
        items: contracts.slice(from, end).map((one) => contractAnswer(one, current, viewer)),
        nextCursor: end < contracts.length ? encodeCursor([String(end)]) : null,
        total: contracts.length,
      };
    },
  );
  registerWageContractWrites(app, deps);
}

const contractParams = z.object({ ...idParams.shape, contractId: z.string().check(z.maxLength(64)) });

function registerWageContractWrites(app: FastifyInstance, deps: WageDeps): void {
  const { db, now } = deps;
  const config = access(admins, "employee", { wages: true });
  typed(app).post(
    "/api/v1/employees/:id/wage-contracts",
    {
      config,
      preValidation: (request) => refuseLockedWages(request, deps),
      schema: {
        tags: ["wages"],
        params: idParams,
        body: newWageContract,
        response: { 201: wageContract, ...refusals },
      },
    },
    async (request, reply) => {
      const { contract, currentId } = await tenantTransaction(db, scopeOf(request), "app", (trx) =>
        addWageContract(trx, writingOf(request, deps), request.params.id, request.body),
      );
      return reply.code(201).send(contractAnswer(contract, currentId, viewerOf(request, now())));
    },
  );
  typed(app).delete(
    "/api/v1/employees/:id/wage-contracts/:contractId",
    { config, schema: { tags: ["wages"], params: contractParams, response: { 204: z.null(), ...refusals } } },
    async (request, reply) => {
      const { id, contractId } = request.params;
      await tenantTransaction(db, scopeOf(request), "app", (trx) =>
        removeWageContract(trx, writingOf(request, deps), id, contractId),
      );
      return reply.code(204).send(null);
    },
  );
  typed(app).patch(
    "/api/v1/employees/:id/wage-contracts/:contractId",
    { config, schema: { tags: ["wages"], params: contractParams, response: { ...refusals } } },
    async (request) => {
      const scope = scopeOf(request);
      return await tenantTransaction(db, scope, "app", async (trx) => {
        const employee = await lockedEmployee(trx, scope.customerId, request.params.id);
        assertUnlocked(employee, ["wageContracts"], writingOf(request, deps));
        // A contract that was entered by hand is replaced, so that what a budget was worked out from stays readable.
        throw new Problem("WRONG_STATE");
      });
    },
  );
}

/** Of somebody whose wages come from Liantis nothing is written, whatever was sent. */
async function refuseLockedWages(
  request: FastifyRequest,
  { db, now, myLiantisUrl }: WageDeps,
): Promise<void> {
  const params = idParams.safeParse(request.params);
  if (!params.success) return;
  const scope = tenantScope(principalOf(request));
  const employee = await tenantTransaction(db, scope, "app", (trx) =>
    findEmployee(trx, scope.customerId, params.data.id),
  );
  const { language } = viewerOf(request, now());
  if (employee !== null) assertUnlocked(employee, ["wageContracts"], { language, myLiantisUrl });
}

function contractAnswer(
  record: WageContractRecord,
  currentId: string | null,
  { language }: Viewer,
): WageContract {
  const wage = wageInputOf(record);
  return {
    providerContractId: record.contract_id,
    wageType: wage.wageType,
    grossAmount: record.gross_amount,
    grossMonthly: record.gross_monthly,
    derivation: wage.grossAmount === null ? null : describeDerivation(wage, language),
    startDate: record.start_date,
    endDate: record.end_date,
    weeklyHours: record.weekly_hours,
    workRegimePercentage: record.work_regime_percentage,
    employerSocialSecurityPercentage: record.employer_social_security_percentage,
    current: record.contract_id === currentId,
    withdrawn: record.withdrawn,
  };
}
