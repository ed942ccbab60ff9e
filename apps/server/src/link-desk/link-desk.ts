import { decideChoices } from "../choices/choices.sql.ts";
import { findConnection } from "../connection/connections.sql.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { type EmployeeRecord, lockEmployee } from "../people/employees.sql.ts";
import {
  endHoldsOfWorker,
  insertLink,
  isKnownWorker,
  lockLinks,
  type Pair,
  touchEmployees,
  unlink,
} from "../people/links/link-writes.sql.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** The admin who links or unlinks, and their reason. */
export interface Linking {
  customerId: string;
  actorKind: "account" | "api_key";
  actorId: string;
  reason: string;
  doneAt: string;
}

/**
 * Links a worker to an employee by hand. An existing link of either of them ends.
 * @returns false when they are linked to each other already
 * @throws Problem NOT_FOUND for an employee of another entity or an unknown worker, WRONG_STATE when the entity was never
 *   connected
 */
export async function linkByHand(
  trx: TenantTransaction,
  linking: Linking,
  { entityId, workerId, employeeId }: Omit<Pair, "customerId">,
): Promise<boolean> {
  const { customerId, doneAt } = linking;
  const pair = { customerId, entityId, workerId, employeeId };
  const employee = await lockEmployee(trx, customerId, employeeId);
  if (employee === null || employee.entityId !== entityId) throw new Problem("NOT_FOUND");
  const connection = await findConnection(trx, customerId, entityId);
  if (connection === undefined || connection.mode === null) throw new Problem("WRONG_STATE");
  if (!(await isKnownWorker(trx, pair))) throw new Problem("NOT_FOUND");
  const links = await lockLinks(trx, pair);
  if (links.some((link) => link.workerId === workerId && link.employeeId === employeeId)) return false;
  for (const link of links) {
    await unlink(trx, { ...pair, ...link }, doneAt);
    await audit(trx, linking, { entityId, employeeId: link.employeeId }, "link.ended");
  }
  if (!(await insertLink(trx, pair, doneAt))) throw new Problem("WRONG_STATE");
  await endHoldsOfWorker(trx, pair);
  // In selective mode, only selected people are synchronised: a link without the choice would do nothing.
  if (connection.mode === "selective")
    await decideChoices(
      trx,
      { customerId, entityId, decidedAt: doneAt, decidedBy: linking.actorId },
      { select: [workerId], drop: [] },
    );
  const touched = new Set([employeeId, ...links.map((link) => link.employeeId)]);
  await touchEmployees(trx, customerId, [...touched], doneAt);
  await audit(trx, linking, pair, "link.made");
  return true;
}

/**
 * Unlinks an employee from their worker by hand.
 * @throws Problem WRONG_STATE when they are not linked
 */
export async function unlinkByHand(
  trx: TenantTransaction,
  linking: Linking,
  employeeId: string,
): Promise<EmployeeRecord> {
  const { customerId, doneAt } = linking;
  const employee = await lockEmployee(trx, customerId, employeeId);
  if (employee === null) throw new Problem("NOT_FOUND");
  const { entityId, workerId } = employee;
  if (workerId === null) throw new Problem("WRONG_STATE");
  await unlink(trx, { customerId, entityId, workerId, employeeId }, doneAt);
  await touchEmployees(trx, customerId, [employeeId], doneAt);
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
