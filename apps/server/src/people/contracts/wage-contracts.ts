import type { NewWageContract } from "@payflip/contract/wage-contracts.ts";
import { Problem } from "../../domain/catalogue/problem.ts";
import { forgetAppliedContent } from "../employees.sql.ts";
import { newId } from "../../postgres/ids.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";
import {
  deleteWageContract,
  insertWageContract,
  listWageContracts,
  type WageContractRecord,
} from "./wage-contracts.sql.ts";
import { brusselsDate } from "../../domain/values/calendar-date.ts";
import { currentContract } from "../../domain/wages/contract-timeline.ts";
import type { WageInput } from "../../domain/wages/wage-conversion.ts";
import { grossMonthlyOf } from "../../domain/wages/wage-conversion.ts";
import type { Statute, WageType } from "../../domain/records/worker.ts";
import { assertUnlocked, audit, lockedEmployee, type Writing } from "../employee-writes.ts";

/**
 * The contract that counts today, or null. Chosen at the moment of asking: a contract that starts today is current today,
 * even if nobody synchronised since.
 * @param today calendar date in Europe/Brussels
 * @param lastDecidedId the one that counted until now: it stays while several run at once without an answer
 */
export function currentContractIdOf(
  contracts: readonly WageContractRecord[],
  today: string,
  lastDecidedId: string | null,
): string | null {
  const current = currentContract(
    contracts.map((one) => ({
      contractId: one.contract_id,
      ...wageInputOf(one),
      grossMonthly: one.gross_monthly,
      startDate: one.start_date,
      endDate: one.end_date,
      referenceWeeklyHours: one.reference_weekly_hours,
      workRegimePercentage: one.work_regime_percentage,
      employerSocialSecurityPercentage: one.employer_social_security_percentage,
      jointCommittee: one.joint_committee,
      withdrawn: one.withdrawn,
    })),
    today,
    lastDecidedId,
  );
  if (current.kind === "one") return current.contractId;
  return current.kind === "several" ? current.keptId : null;
}

/** What a monthly wage is worked out from. */
export function wageInputOf(record: WageContractRecord): WageInput {
  return {
    statute: statutes.find((one) => one === record.statute) ?? null,
    wageType: wageTypes.find((one) => one === record.wage_type) ?? null,
    grossAmount: record.gross_amount,
    weeklyHours: record.weekly_hours,
  };
}

const statutes: readonly Statute[] = ["white_collar", "blue_collar"];
const wageTypes: readonly WageType[] = ["hourly", "monthly"];

/**
 * Adds a wage contract by hand.
 * @throws Problem FIELD_LOCKED for somebody whose wages come from Liantis
 */
export async function addWageContract(
  trx: TenantTransaction,
  writing: Writing,
  employeeId: string,
  entered: NewWageContract,
): Promise<{ contract: WageContractRecord; currentId: string | null }> {
  const { customerId, at } = writing;
  const employee = await lockedEmployee(trx, customerId, employeeId);
  assertUnlocked(employee, ["wageContracts"], writing);
  const { entityId, currentContractId } = employee;
  const contract = enteredContract(entered, { customerId, employeeId, entityId, contractId: newId(), at });
  await insertWageContract(trx, contract);
  if (employee.workerId !== null) await forgetAppliedContent(trx, customerId, [employeeId]);
  await audit(trx, writing, employee, "wage_contract.added");
  const all = await listWageContracts(trx, customerId, employeeId);
  const currentId = currentContractIdOf(all, brusselsDate(at), currentContractId);
  return { contract: { ...contract, withdrawn: false, row_version: 1 }, currentId };
}

/**
 * Removes a wage contract by hand.
 * @throws Problem FIELD_LOCKED for somebody whose wages come from Liantis
 */
export async function removeWageContract(
  trx: TenantTransaction,
  writing: Writing,
  employeeId: string,
  contractId: string,
): Promise<void> {
  const { customerId } = writing;
  const employee = await lockedEmployee(trx, customerId, employeeId);
  assertUnlocked(employee, ["wageContracts"], writing);
  if (!(await deleteWageContract(trx, customerId, employeeId, contractId))) throw new Problem("NOT_FOUND");
  if (employee.workerId !== null) await forgetAppliedContent(trx, customerId, [employeeId]);
  await audit(trx, writing, employee, "wage_contract.removed");
}

/** A contract that somebody enters by hand. Its statute is not known, so an hourly wage stays one. */
function enteredContract(
  entered: NewWageContract,
  at: { customerId: string; employeeId: string; entityId: string; contractId: string; at: string },
): Omit<WageContractRecord, "withdrawn" | "row_version"> {
  const weeklyHours = entered.weeklyHours ?? null;
  const wage: WageInput = {
    statute: null,
    wageType: entered.wageType,
    grossAmount: entered.grossAmount,
    weeklyHours,
  };
  return {
    customer_id: at.customerId,
    employee_id: at.employeeId,
    contract_id: at.contractId,
    entity_id: at.entityId,
    statute: null,
    wage_type: entered.wageType,
    gross_amount: entered.grossAmount,
    gross_monthly: grossMonthlyOf(wage),
    start_date: entered.startDate,
    end_date: entered.endDate ?? null,
    weekly_hours: weeklyHours,
    reference_weekly_hours: null,
    work_regime_percentage: entered.workRegimePercentage ?? null,
    employer_social_security_percentage: entered.employerSocialSecurityPercentage ?? null,
    joint_committee: null,
    updated_at: at.at,
  };
}
