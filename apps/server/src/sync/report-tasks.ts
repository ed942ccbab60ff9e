import type { RunAt } from "../domain/records/keys.ts";
import { findEndingContracts, findLeavers, countWaitingNewcomers } from "../decisions/leavers.sql.ts";
import { findPossibleMoves, clearOldWorkers, type OpenMove, raiseMoves } from "../decisions/moves.sql.ts";
import { closeUnseenTasks, raiseTasks, type TaskFact } from "../decisions/tasks.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { addDays, brusselsDate } from "../domain/values/calendar-date.ts";
import { contractEndingDays } from "../domain/catalogue/task-catalogue.ts";

/** What a run looks for by itself; `support` closes with it, because it succeeded. */
const kinds = ["leaver", "contract_ending", "newcomers_waiting", "entity_move", "support"] as const;

/**
 * What there is to decide after a complete listing was applied, and what has been settled by itself. To be called while the
 * listing is still staged, once who is absent and which issues were seen is known. Nothing is written where nothing changed.
 */
export async function reportTasks(trx: TenantTransaction, run: RunAt): Promise<void> {
  const today = brusselsDate(run.now);
  const facts = [
    ...(await gatherLeavers(trx, run, today)),
    ...(await gatherEndingContracts(trx, run, today)),
    ...(await gatherNewcomers(trx, run)),
    ...(await gatherMoves(trx, run)),
  ];
  await closeUnseenTasks(trx, run, { kinds, facts });
  await raiseTasks(trx, run, facts);
}

async function gatherLeavers(trx: TenantTransaction, run: RunAt, today: string): Promise<TaskFact[]> {
  const leavers = await findLeavers(trx, run, today);
  return leavers.map(({ workerId, employeeId, employeeNumber, reason, date }) => ({
    kind: "leaver",
    workerId,
    employeeId,
    params: { reason, date, employeeNumber: employeeNumber ?? "" },
    dueOn: date,
    // One departure, whatever else is learnt of it later.
    about: "",
  }));
}

async function gatherEndingContracts(trx: TenantTransaction, run: RunAt, today: string): Promise<TaskFact[]> {
  const ending = await findEndingContracts(trx, run, { today, until: addDays(today, contractEndingDays) });
  return ending.map(({ workerId, employeeId, employeeNumber, contractId, endDate }) => ({
    kind: "contract_ending",
    workerId,
    employeeId,
    params: { date: endDate, employeeNumber: employeeNumber ?? "" },
    dueOn: endDate,
    about: `${contractId} ${endDate}`,
  }));
}

async function gatherNewcomers(trx: TenantTransaction, run: RunAt): Promise<TaskFact[]> {
  const { count, latestAt } = await countWaitingNewcomers(trx, run);
  if (count === 0 || latestAt === null) return [];
  const params = { count: String(count) };
  // The task opens again when a newcomer is added, not when one of the known newcomers leaves.
  return [
    { kind: "newcomers_waiting", workerId: "", employeeId: null, params, dueOn: null, about: latestAt },
  ];
}

async function gatherMoves(trx: TenantTransaction, run: RunAt): Promise<TaskFact[]> {
  const possible = await findPossibleMoves(trx, run);
  const moves = possible.map(({ workerId, employeeId, oldRecord, entityName, record }) => {
    const { firstName, lastName, email, employeeNumber, startDate } = record;
    const newRecord = {
      entityId: run.entityId,
      entityName,
      firstName,
      lastName,
      email,
      employeeNumber,
      startDate,
    };
    return {
      workerId,
      employeeId,
      oldRecord,
      newRecord,
      name: [firstName, lastName].filter((part) => part !== null).join(" "),
    };
  });
  const open = await raiseMoves(trx, run, moves);
  await clearOldWorkers(trx, run);
  const names = new Map(moves.map(({ workerId, name }) => [workerId, name]));
  return open.map((move) => moveTask(move, names.get(move.workerId) ?? ""));
}

function moveTask({ caseId, workerId, employeeNumber }: OpenMove, name: string): TaskFact {
  const params = { employeeNumber: employeeNumber ?? "", name };
  return { kind: "entity_move", workerId, employeeId: null, params, dueOn: null, about: caseId };
}
