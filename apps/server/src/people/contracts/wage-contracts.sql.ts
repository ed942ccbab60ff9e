import { sql } from "kysely";
import type { ContractValues, StoredContract } from "../../domain/records/employee.ts";
import { contractFieldNames } from "../../domain/records/synced-fields.ts";
import { rowOfFields } from "../../postgres/field-columns.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";
import { storedContractColumns } from "../person-facts.sql.ts";

/** All wage contracts of an employee, the latest start first. */
export async function listWageContracts(
  trx: TenantTransaction,
  customerId: string,
  employeeId: string,
): Promise<StoredContract[]> {
  const { rows } = await sql<StoredContract>`
    select ${storedContractColumns}
    from wage_contracts c
    where c.customer_id = ${customerId} and c.employee_id = ${employeeId}
    order by c.start_date desc nulls last, c.contract_id`.execute(trx);
  return rows;
}

export async function insertWageContract(
  trx: TenantTransaction,
  contract: ContractValues & {
    customerId: string;
    employeeId: string;
    entityId: string;
    contractId: string;
    createdAt: string;
  },
): Promise<void> {
  await trx
    .insertInto("wage_contracts")
    .values({
      customer_id: contract.customerId,
      employee_id: contract.employeeId,
      contract_id: contract.contractId,
      entity_id: contract.entityId,
      ...rowOfFields(contractFieldNames, contract),
      updated_at: contract.createdAt,
    })
    .execute();
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
