import type { NewWageContract } from "@payflip/contract/wage-contracts.ts";
import { Problem } from "../../domain/catalogue/problem.ts";
import type { ContractValues, StoredContract } from "../../domain/records/employee.ts";
import { contractFieldNames } from "../../domain/records/synced-fields.ts";
import { brusselsDate } from "../../domain/values/calendar-date.ts";
import { currentContract, currentId } from "../../domain/wages/contract-timeline.ts";
import { grossMonthlyOf } from "../../domain/wages/wage-conversion.ts";
import { newId } from "../../postgres/ids.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";
import {
  assertUnlocked,
  auditEmployee,
  lockedEmployee,
  withoutUndefined,
  type Writing,
} from "../employee-writes.ts";
import { forgetAppliedContent } from "../employees.sql.ts";
import { deleteWageContract, insertWageContract, listWageContracts } from "./wage-contracts.sql.ts";

/**
 * Adds a wage contract by hand.
 * @throws Problem FIELD_LOCKED for a person whose wages come from Liantis
 */
export async function addWageContract(
  trx: TenantTransaction,
  writing: Writing,
  employeeId: string,
  entered: NewWageContract,
): Promise<{ contract: StoredContract; currentId: string | null }> {
  const { customerId, now } = writing;
  const employee = await lockedEmployee(trx, customerId, employeeId);
  assertUnlocked(employee, ["wageContracts"], writing);
  const { entityId, currentContractId } = employee;
  const contractId = newId();
  const values = enteredValues(entered);
  await insertWageContract(trx, { ...values, customerId, employeeId, entityId, contractId, createdAt: now });
  if (employee.workerId !== null) await forgetAppliedContent(trx, customerId, [employeeId]);
  await auditEmployee(trx, writing, employee, "wage_contract.added");
  const all = await listWageContracts(trx, customerId, employeeId);
  const current = currentContract(all, brusselsDate(now), currentContractId);
  const contract = { ...values, contractId, rowVersion: 1, withdrawn: false };
  return { contract, currentId: currentId(current) };
}

/**
 * Removes a wage contract by hand.
 * @throws Problem FIELD_LOCKED for a person whose wages come from Liantis
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
  await auditEmployee(trx, writing, employee, "wage_contract.removed");
}

/** The values of a contract that is entered by hand. Without a statute, an hourly wage is not converted. */
function enteredValues(entered: NewWageContract): ContractValues {
  const values: ContractValues = { ...noValues, ...withoutUndefined(entered) };
  return { ...values, grossMonthly: grossMonthlyOf(values) };
}

const noValues = Object.fromEntries(contractFieldNames.map((field) => [field, null])) as Record<
  keyof ContractValues,
  null
>;
