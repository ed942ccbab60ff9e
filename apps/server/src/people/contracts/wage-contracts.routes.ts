import { endpoints } from "@payflip/contract/endpoints.ts";
import { idParams } from "@payflip/contract/page.ts";
import type { WageContract } from "@payflip/contract/wage-contracts.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
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
import { route } from "../../web/route.ts";
import type { Viewer } from "../../runs/run-answer.ts";
import { scopeOf } from "../../web/tenant-guard.ts";
import { viewerOf } from "../../web/viewer.ts";

type WageDeps = Pick<AppDeps, "db" | "now" | "myLiantisUrl">;

/** Wage contracts: listing them, and adding and removing them by hand for people who are not linked. */
export function registerWageContractRoutes(app: FastifyInstance, deps: WageDeps): void {
  const { db, now } = deps;
  route(app, endpoints.listWageContracts, async ({ params, query, request }) => {
    const scope = scopeOf(request);
    const { customerId } = scope;
    const { id } = params;
    const { limit, cursor } = query;
    const start = Number(decodeCursor(cursor, ["count"])?.[0] ?? 0);
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
    const end = start + limit;
    return {
      items: contracts.slice(start, end).map((one) => contractAnswer(one, current, viewer)),
      nextCursor: end < contracts.length ? encodeCursor([String(end)]) : null,
      total: contracts.length,
    };
  });
  registerWageContractWrites(app, deps);
}

function registerWageContractWrites(app: FastifyInstance, deps: WageDeps): void {
  const { db, now } = deps;
  route(
    app,
    endpoints.createWageContract,
    async ({ params, body, request }) => {
      const { contract, currentId } = await tenantTransaction(db, scopeOf(request), "app", (trx) =>
        addWageContract(trx, writingOf(request, deps), params.id, body),
      );
      return contractAnswer(contract, currentId, viewerOf(request, now()));
    },
    { preValidation: (request) => refuseLockedWages(request, deps) },
  );
  route(app, endpoints.deleteWageContract, async ({ params, request }) => {
    const { id, contractId } = params;
    await tenantTransaction(db, scopeOf(request), "app", (trx) =>
      removeWageContract(trx, writingOf(request, deps), id, contractId),
    );
    return null;
  });
  route(app, endpoints.changeWageContract, async ({ params, request }) => {
    const scope = scopeOf(request);
    return await tenantTransaction(db, scope, "app", async (trx) => {
      const employee = await lockedEmployee(trx, scope.customerId, params.id);
      assertUnlocked(employee, ["wageContracts"], writingOf(request, deps));
      // A contract that was entered by hand is replaced by another, so that the basis of a calculated budget stays readable.
      throw new Problem("WRONG_STATE");
    });
  });
}

/** A linked person's wages come from Liantis: a write is refused before the form is checked. */
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
