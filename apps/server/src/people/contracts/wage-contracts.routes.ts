import { endpoints } from "@payflip/contract/endpoints.ts";
import { idParams } from "@payflip/contract/page.ts";
import type { WageContract } from "@payflip/contract/wage-contracts.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { tenantScope } from "../../access/principal.ts";
import { Problem } from "../../domain/catalogue/problem.ts";
import type { ContractValues, StoredContract } from "../../domain/records/employee.ts";
import { shownContractFields } from "../../domain/records/synced-fields.ts";
import { brusselsDate } from "../../domain/values/calendar-date.ts";
import { currentContract, currentId } from "../../domain/wages/contract-timeline.ts";
import { tenantTransaction } from "../../postgres/transaction.ts";
import type { Viewer } from "../../runs/run-answer.ts";
import type { AppDeps } from "../../web/app-deps.ts";
import { decodeCursor, encodeCursor } from "../../web/requests/page-cursor.ts";
import { principalOf } from "../../web/route-access.ts";
import { route } from "../../web/route.ts";
import { scopeOf } from "../../web/tenant-guard.ts";
import { viewerOf } from "../../web/viewer.ts";
import { assertUnlocked, lockedEmployee } from "../employee-writes.ts";
import { writingOf } from "../employees.routes.ts";
import { findEmployee } from "../employees.sql.ts";
import { listWageContracts } from "./wage-contracts.sql.ts";
import { addWageContract, removeWageContract } from "./wage-contracts.ts";
import { describeDerivation } from "./wage-derivation.ts";

type WageDeps = Pick<AppDeps, "db" | "now" | "myLiantisUrl">;

/** Wage contracts: listing them, and adding and removing them by hand for people who are not linked. */
export function registerWageContractRoutes(app: FastifyInstance, deps: WageDeps): void {
  const { db, now } = deps;
  route(app, endpoints.listWageContracts, async ({ params, query, request }) => {
    const scope = scopeOf(request);
    const { customerId } = scope;
    const { id } = params;
    const { limit, cursor } = query;
    const start = Number(decodeCursor(request, cursor, ["count"])?.[0] ?? 0);
    const { contracts, employee } = await tenantTransaction(db, scope, "app", async (trx) => ({
      employee: await findEmployee(trx, customerId, id),
      contracts: await listWageContracts(trx, customerId, id),
    }));
    if (employee === null) throw new Problem("NOT_FOUND");
    const viewer = viewerOf(request, now());
    // Chosen at the moment of asking: a contract that starts today is current today, though no run looked at it since.
    const today = brusselsDate(viewer.now.getTime());
    const current = currentId(currentContract(contracts, today, employee.currentContractId));
    const end = start + limit;
    return {
      items: contracts.slice(start, end).map((one) => contractAnswer(one, current, viewer)),
      nextCursor: end < contracts.length ? encodeCursor(request, [String(end)]) : null,
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
      const added = await tenantTransaction(db, scopeOf(request), "app", (trx) =>
        addWageContract(trx, writingOf(request, deps), params.id, body),
      );
      return contractAnswer(added.contract, added.currentId, viewerOf(request, now()));
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
  contract: StoredContract,
  currentId: string | null,
  { language }: Viewer,
): WageContract {
  return {
    ...shownValues(contract),
    providerContractId: contract.contractId,
    derivation: contract.grossAmount === null ? null : describeDerivation(contract, language),
    current: contract.contractId === currentId,
    withdrawn: contract.withdrawn,
  };
}

/** Every field of the table that a wage contract of the API has. */
function shownValues(contract: ContractValues): ContractValues {
  return Object.fromEntries(shownContractFields.map((field) => [field, contract[field]])) as ContractValues;
}
