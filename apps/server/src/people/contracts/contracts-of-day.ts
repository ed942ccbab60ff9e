import { brusselsDate } from "../../domain/values/calendar-date.ts";
import { currentContract, currentId } from "../../domain/wages/contract-timeline.ts";
import type { Database } from "../../postgres/database.ts";
import { newId } from "../../postgres/ids.ts";
import { platformTransaction, tenantTransaction } from "../../postgres/transaction.ts";
import { loadTargets } from "../person-facts.sql.ts";
import {
  claimDate,
  listConnectionsBehind,
  listContractsToReview,
  moveCurrentContracts,
} from "./current-contracts.sql.ts";

/**
 * Chooses the current wage contract of all employees for the day, once per Brussels date and without calling Liantis. The rule
 * is that of a run's plan, so the next run finds nothing to do. Each move is a change with the reason `contract_by_date`.
 *
 * @returns the number of people who were moved
 */
export async function chooseContractsOfDay(db: Database, now: Date): Promise<number> {
  const today = brusselsDate(now.getTime());
  const behind = await platformTransaction(db, (trx) => listConnectionsBehind(trx, today));
  let moved = 0;
  const failures: unknown[] = [];
  for (const connection of behind) {
    try {
      moved += await chooseForConnection(db, connection, { today, changedAt: now.toISOString() });
    } catch (error) {
      // One connection's failure must not stop the others.
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
  { today, changedAt }: { today: string; changedAt: string },
): Promise<number> {
  const { customerId } = connection;
  return await tenantTransaction(db, { customerId, entityIds: "all" }, "sync", async (trx) => {
    if (!(await claimDate(trx, connection, today))) return 0;
    const people = await listContractsToReview(trx, connection, today);
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
    return await moveCurrentContracts(trx, { ...connection, batchId: newId(), changedAt }, moves);
  });
}
