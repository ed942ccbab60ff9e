import type { Breach } from "../observations/step-span.ts";
import type { Finished } from "./finished-run.ts";
import { isAddress } from "./expected-person.ts";
import { type Reading, usableStart } from "./reading.ts";
import type { EmployeeRow, Snapshot } from "../observations/snapshot.ts";

/** A listed worker who was not linked before the run is created, matched or left out, each for a reason. */
export function breachesOfNewcomer(finished: Finished, reading: Reading): Breach[] {
  const { before, after, entity } = finished;
  const { workerId } = reading;
  const linkIn = ({ links }: Snapshot) =>
    links.find((link) => link.entity_id === entity.entityId && link.worker_id === workerId);
  if (linkIn(before) !== undefined || finished.touched.employees.size > 0) return [];
  const link = linkIn(after);
  const about = (how: string) => [`newcomer ${workerId}: ${how}`];
  if (link === undefined) {
    const why = reasonToLeaveOut(finished, reading);
    return why === null ? about("was left out for no reason") : [];
  }
  const known = before.employees.find((one) => one.employee_id === link.employee_id);
  if (known !== undefined) return wrongMatch(finished, reading, known).flatMap(about);
  const is = after.employees.find((one) => one.employee_id === link.employee_id);
  if (is === undefined) return about("is linked to an employee who does not exist");
  return wrongNewcomer(finished, reading, is).flatMap(about);
}

/** The reason why a worker is not linked after the run; null when there is none. */
function reasonToLeaveOut(finished: Finished, reading: Reading): string | null {
  const { before, after, listing, entity } = finished;
  const { email } = reading;
  if (reading.firstName === null || reading.lastName === null || email === null) return "incomplete";
  if (usableStart(reading) === null) return "no start";
  if (!isAddress(email)) return "no address";
  if ([...listing.people.values()].some((one) => one.email === email && one !== reading))
    return "shared address";
  const hold = after.holds.some((one) => one.worker_id === reading.workerId && one.kind === "reverted");
  if (hold) return "undone";
  const isUnlinked = after.issues.some(
    (one) =>
      one.worker_id === reading.workerId &&
      one.status !== "closed" &&
      one.params["reason"] === "unlinked_pair",
  );
  if (isUnlinked) return "unlinked by hand";
  const holders = [...before.employees, ...after.employees].filter(
    (one) => one.email.toLowerCase() === email,
  );
  const [holder] = holders;
  if (holder === undefined)
    return before.accounts.some((one) => one.email === email) ? "account of another person" : null;
  const linked = [...before.links, ...after.links].some((link) =>
    holders.some((one) => one.employee_id === link.employee_id),
  );
  if (linked || holders.some((one) => one.entity_id !== entity.entityId)) return "address of a colleague";
  if (holder.deactivated_at !== null) return "has left";
  return areTwoPeople(reading, holder) ? "another name" : null;
}

function areTwoPeople(reading: Reading, one: EmployeeRow): boolean {
  const [first, last] = [fold(reading.firstName), fold(reading.lastName)];
  const [ourFirst, ourLast] = [fold(one.first_name), fold(one.last_name)];
  // A missing name never counts as different.
  if (first === "" || last === "") return false;
  if (first === ourLast && last === ourFirst) return false;
  return first !== ourFirst && last !== ourLast;
}

function fold(name: string | null): string {
  return (name ?? "")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** The first match is by address, to an unlinked employee of this entity whose name does not exclude it. */
function wrongMatch({ before, after, entity }: Finished, reading: Reading, known: EmployeeRow): Breach[] {
  const accepted = before.issues.some(
    (issue) =>
      issue.code === "AMBIGUOUS_MATCH" && issue.status === "accepted" && issue.worker_id === reading.workerId,
  );
  const wrong: Breach[] = [];
  if (known.entity_id !== entity.entityId) wrong.push("was matched to an employee of another entity");
  if (known.email.toLowerCase() !== reading.email) wrong.push(`was matched to ${known.email}`);
  if (before.links.some((link) => link.employee_id === known.employee_id))
    wrong.push("was matched to an employee who is linked already");
  if (known.deactivated_at !== null) wrong.push("was matched to an employee who has left");
  if (areTwoPeople(reading, known) && !accepted) wrong.push("was matched to an employee of another name");
  const now = after.employees.find((one) => one.employee_id === known.employee_id);
  if (now?.language !== known.language) wrong.push("lost the language they chose");
  return wrong;
}

function wrongNewcomer(
  { before, after, entity, listing, isOnly }: Finished,
  reading: Reading,
  is: EmployeeRow,
): Breach[] {
  const wrong: Breach[] = [];
  const isShared = [...listing.people.values()].some((one) => one.email === reading.email && one !== reading);
  if (isShared) wrong.push("was created with an address that others share");
  if (is.entity_id !== entity.entityId || is.customer_id !== entity.customerId)
    wrong.push("was created in another entity");
  if (reading.language !== null && is.language !== reading.language) wrong.push(`language is ${is.language}`);
  if (is.invited_at !== null || is.deactivated_at !== null)
    wrong.push("was invited or deactivated by the run");
  // With several runs in a step, an earlier one may have changed the other person's address.
  const others = before.employees.filter((one) => one.entity_id === entity.entityId);
  if (isOnly && others.some((one) => one.email === reading.email))
    wrong.push("was created although another employee has the address");
  const account = after.accounts.find((one) => one.account_id === is.account_id);
  if (account?.customer_id !== entity.customerId) wrong.push("has no account of the customer");
  if (after.employees.some((one) => one !== is && one.account_id === is.account_id))
    wrong.push("shares the sign-in of another person");
  return wrong;
}
