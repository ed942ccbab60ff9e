import type { Breach } from "../observations/step-span.ts";
import type { Finished } from "./finished-run.ts";
import { isAddress } from "./expected-person.ts";
import { type Reading, usableStart } from "./reading.ts";
import type { EmployeeRow, Snapshot } from "../observations/snapshot.ts";

/** Somebody who is listed and was not linked before the run: brought in, matched, or left out, and each for its reason. */
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
  if (is === undefined) return about("is linked to nobody");
  return wrongNewcomer(finished, reading, is).flatMap(about);
}

/** Why a worker is not one of our people after the run; null when there is no reason. */
function reasonToLeaveOut(finished: Finished, reading: Reading): string | null {
  const { before, after, listing, entity } = finished;
  const { email } = reading;
  if (reading.firstName === null || reading.lastName === null || email === null) return "incomplete";
  if (usableStart(reading) === null) return "no start";
  if (!isAddress(email)) return "no address";
  if ([...listing.people.values()].some((one) => one.email === email && one !== reading))
    return "shared address";
  const hold = after.holds.some((one) => one.worker_id === reading.workerId && one.kind === "reverted");
  if (hold) return "put back";
  const isApart = after.issues.some(
    (one) =>
      one.worker_id === reading.workerId && one.status !== "closed" && one.params["reason"] === "kept_apart",
  );
  if (isApart) return "taken apart by hand";
  const holders = [...before.employees, ...after.employees].filter(
    (one) => one.email.toLowerCase() === email,
  );
  const [holder] = holders;
  if (holder === undefined)
    return before.accounts.some((one) => one.email === email) ? "account of somebody" : null;
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
  // A name that was not sent cannot differ.
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

/** A first match goes by the address, with one of this entity who is nobody else's and may be the same person. */
function wrongMatch({ before, after, entity }: Finished, reading: Reading, known: EmployeeRow): Breach[] {
  const accepted = before.issues.some(
    (issue) =>
      issue.code === "AMBIGUOUS_MATCH" && issue.status === "accepted" && issue.worker_id === reading.workerId,
  );
  const wrong: Breach[] = [];
  if (known.entity_id !== entity.entityId) wrong.push("was matched with somebody of another entity");
  if (known.email.toLowerCase() !== reading.email) wrong.push(`was matched with ${known.email}`);
  if (before.links.some((link) => link.employee_id === known.employee_id))
    wrong.push("was matched with somebody else's");
  if (known.deactivated_at !== null) wrong.push("was matched with somebody who has left");
  if (areTwoPeople(reading, known) && !accepted) wrong.push("was matched with somebody of another name");
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
  if (isShared) wrong.push("came in with an address that others have as well");
  if (is.entity_id !== entity.entityId || is.customer_id !== entity.customerId)
    wrong.push("came into another entity");
  if (reading.language !== null && is.language !== reading.language) wrong.push(`language is ${is.language}`);
  if (is.invited_at !== null || is.deactivated_at !== null)
    wrong.push("was invited or deactivated by the run");
  // An earlier run of the step may have given somebody else another address.
  const others = before.employees.filter((one) => one.entity_id === entity.entityId);
  if (isOnly && others.some((one) => one.email === reading.email))
    wrong.push("came in beside somebody who has the same address");
  const account = after.accounts.find((one) => one.account_id === is.account_id);
  if (account?.customer_id !== entity.customerId) wrong.push("has no account of the customer");
  if (after.employees.some((one) => one !== is && one.account_id === is.account_id))
    wrong.push("signs in as somebody else");
  return wrong;
}
