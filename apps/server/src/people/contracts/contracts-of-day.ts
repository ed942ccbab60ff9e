import {
  connectionsBehind,
  contractsToReview,
  moveCurrentContracts,
  takeDate,
} from "./current-contracts.sql.ts";
import type { Database } from "../../postgres/database.ts";
import { newId } from "../../postgres/ids.ts";
import { loadTargets } from "../person-facts.sql.ts";
import { platformTransaction, tenantTransaction } from "../../postgres/transaction.ts";
import { brusselsDate } from "../../domain/values/calendar-date.ts";
import { currentContract, currentId } from "../../domain/wages/contract-timeline.ts";

/**
 * Chooses everybody's current wage contract for the day, once a Brussels date and without asking Liantis: a contract that
 * starts today drives the wage from today, one that ended yesterday no more. The rule is the one that runs plan with, so the
 * next run finds nothing left to do. Each move is a change with the reason `contract_by_date`.
 *
 * @returns how many people were moved
 */
export async function chooseContractsOfDay(db: Database, now: Date): Promise<number> {
  const today = brusselsDate(now.getTime());
  const behind = await platformTransaction(db, (trx) => connectionsBehind(trx, today));
  let moved = 0;
  const failures: unknown[] = [];
  for (const connection of behind) {
    try {
      moved += await chooseForConnection(db, connection, { today, at: now.toISOString() });
    } catch (error) {
      // Whoever comes after somebody whose turn fails has a turn all the same.
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, "some connections failed", { cause: failures[0] });
  return moved;
}

async function chooseForConnection(
  db: Database,
  connection: { customerId: string; entityId: string },
  { today, at }: { today: string; at: string },
): Promise<number> {
  const { customerId } = connection;
  return await tenantTransaction(db, { customerId, entityIds: "all" }, "sync", async (trx) => {
    if (!(await takeDate(trx, connection, today))) return 0;
    const people = await contractsToReview(trx, connection, today);
    const targets = await loadTargets(
      trx,
      customerId,
      people.map(({ employeeId }) => employeeId),
    );
    const moves = people.flatMap(({ employeeId, workerId }) => {
      const target = targets.get(employeeId);
      if (target === undefined) return [];
      const { rowVersion, currentContractId: before, contracts } = target;
      const after = currentId(currentContract(contracts, today, before));
      return after === before ? [] : [{ employeeId, workerId, rowVersion, before, after }];
    });
    return await moveCurrentContracts(trx, { ...connection, batchId: newId(), at }, moves);
  });
}
