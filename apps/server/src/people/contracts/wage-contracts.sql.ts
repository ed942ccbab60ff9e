import type { Selectable } from "kysely";
import type { WageContractRow } from "../../postgres/rows/employees.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";

export type WageContractRecord = Selectable<WageContractRow>;

/** Every wage contract of an employee, the latest start first. */
export async function listWageContracts(
  trx: TenantTransaction,
  customerId: string,
  employeeId: string,
): Promise<WageContractRecord[]> {
  return await trx
    .selectFrom("wage_contracts")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("employee_id", "=", employeeId)
    .orderBy("start_date", (order) => order.desc().nullsLast())
    .orderBy("contract_id")
    .execute();
}

export async function insertWageContract(
  trx: TenantTransaction,
  contract: Omit<WageContractRecord, "withdrawn" | "row_version">,
): Promise<void> {
  await trx.insertInto("wage_contracts").values(contract).execute();
}

/** @returns false when there is no such contract */
export async function deleteWageContract(
  trx: TenantTransaction,
  customerId: string,
  employeeId: string,
  contractId: string,
): Promise<boolean> {
  const result = await trx
    .deleteFrom("wage_contracts")
    .where("customer_id", "=", customerId)
    .where("employee_id", "=", employeeId)
    .where("contract_id", "=", contractId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}
