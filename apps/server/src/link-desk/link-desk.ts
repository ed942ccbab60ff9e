import { Problem } from "../domain/catalogue/problem.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { decideChoices } from "../choices/choices.sql.ts";
import { findConnection } from "../connection/connections.sql.ts";
import { type EmployeeRecord, lockEmployee } from "../people/employees.sql.ts";
import {
  endHoldsOf,
  insertLink,
  isKnownWorker,
  lockLinks,
  type Pair,
  takeApart,
  touchEmployees,
} from "../people/links/link-writes.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** Who says who is who, and why. */
export interface Linking {
  customerId: string;
  actorKind: "account" | "api_key";
  actorId: string;
  reason: string;
  doneAt: string;
}

/**
 * This worker is this employee. A link that either of them has ends: whoever names both means to move it.
 * @returns false when they are linked to each other already
 * @throws Problem NOT_FOUND for an employee of another entity or a worker nobody heard of, WRONG_STATE where Liantis was never
 *   connected
 */
export async function linkByHand(
  trx: TenantTransaction,
  linking: Linking,
  { entityId, workerId, employeeId }: Omit<Pair, "customerId">,
): Promise<boolean> {
  const { customerId, doneAt: at } = linking;
  const pair = { customerId, entityId, workerId, employeeId };
  const employee = await lockEmployee(trx, customerId, employeeId);
  if (employee === null || employee.entityId !== entityId) throw new Problem("NOT_FOUND");
  const connection = await findConnection(trx, customerId, entityId);
  if (connection === undefined || connection.mode === null) throw new Problem("WRONG_STATE");
  if (!(await isKnownWorker(trx, pair))) throw new Problem("NOT_FOUND");
  const links = await lockLinks(trx, pair);
  if (links.some((link) => link.workerId === workerId && link.employeeId === employeeId)) return false;
  for (const link of links) {
    await takeApart(trx, { ...pair, ...link }, at);
    await audit(trx, linking, { entityId, employeeId: link.employeeId }, "link.ended");
  }
  if (!(await insertLink(trx, pair, at))) throw new Problem("WRONG_STATE");
  await endHoldsOf(trx, pair);
  // Whoever names somebody has chosen them; a link that nothing follows would look like one that works.
  if (connection.mode === "selective")
    await decideChoices(
      trx,
      { customerId, entityId, at, by: linking.actorId },
      { select: [workerId], drop: [] },
    );
  const touched = new Set([employeeId, ...links.map((link) => link.employeeId)]);
  await touchEmployees(trx, customerId, [...touched], at);
  await audit(trx, linking, pair, "link.made");
  return true;
}

/**
 * This employee is not the worker they are linked to.
 * @throws Problem WRONG_STATE when they are linked to nobody
 */
export async function unlinkByHand(
  trx: TenantTransaction,
  linking: Linking,
  employeeId: string,
): Promise<EmployeeRecord> {
  const { customerId, doneAt: at } = linking;
  const employee = await lockEmployee(trx, customerId, employeeId);
  if (employee === null) throw new Problem("NOT_FOUND");
  const { entityId, workerId } = employee;
  if (workerId === null) throw new Problem("WRONG_STATE");
  await takeApart(trx, { customerId, entityId, workerId, employeeId }, at);
  await touchEmployees(trx, customerId, [employeeId], at);
  await audit(trx, linking, { entityId, employeeId }, "link.ended");
  return employee;
}

async function audit(
  trx: TenantTransaction,
  linking: Linking,
  { entityId, employeeId }: { entityId: string; employeeId: string },
  action: "link.made" | "link.ended",
): Promise<void> {
  await recordAudit(trx, { ...linking, entityId, action, subject: employeeId });
}
