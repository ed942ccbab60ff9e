import type { Breach } from "../observations/step-span.ts";
import type { Finished } from "./finished-run.ts";
import {
  currentOn,
  type ExpectedContract,
  expectedContract,
  storedContract,
  textOf,
} from "./expected-contract.ts";
import { doubtOf } from "./expected-wages.ts";
import { type Reading, usableStart } from "./reading.ts";
import { type EmployeeRow, type HoldRow, type Snapshot, usedHolds } from "../observations/snapshot.ts";

/** A linked and listed person: every field is as sent, or an open issue or hold explains the difference. */
export function breachesOfPerson(finished: Finished, reading: Reading): Breach[] {
  const { before, after, entity, touched } = finished;
  const linkOf = ({ links }: Snapshot) =>
    links.find((link) => link.entity_id === entity.entityId && link.worker_id === reading.workerId);
  const [wasLinked, isLinked] = [linkOf(before), linkOf(after)];
  if (isLinked === undefined) return [];
  const employeeId = isLinked.employee_id;
  if (touched.employees.has(employeeId) || touched.links.has(employeeId)) return [];
  const was = before.employees.find((one) => one.employee_id === employeeId) ?? null;
  const is = after.employees.find((one) => one.employee_id === employeeId);
  if (is === undefined) return [];
  const holds = after.holds.filter(
    (hold) => hold.entity_id === entity.entityId && hold.worker_id === reading.workerId,
  );
  const about = `person ${reading.workerId}`;
  if (was !== null && wasLinked !== undefined && isHeldAsAWhole(finished, holds, { was, is })) {
    const kept = same(contractsOf(before, employeeId), contractsOf(after, employeeId));
    return kept ? [] : [`${about}: held as a whole, and written`];
  }
  const contracts = breachesOfContracts(finished, reading, { employeeId, was, is, holds });
  return [...breachesOfFields(finished, reading, was, is), ...contracts].map((how) => `${about}: ${how}`);
}

/** An identity hold keeps the whole person back, and must have a reason. */
function isHeldAsAWhole(
  { listing, before, entity }: Finished,
  holds: HoldRow[],
  { was, is }: { was: EmployeeRow; is: EmployeeRow },
): boolean {
  const doubts = holds.filter(
    (hold) => hold.kind !== "wage" && (hold.status === "open" || hold.status === "rejected"),
  );
  const isWritten = Object.keys(was).some(
    (column) =>
      column !== "row_version" && was[column as keyof EmployeeRow] !== is[column as keyof EmployeeRow],
  );
  if (doubts.length === 0 || isWritten) return false;
  if (doubts.some((hold) => hold.kind === "reverted")) return true;
  const sent = listing.people.get(doubts[0]?.worker_id ?? "");
  const isAnotherPerson =
    sent !== undefined &&
    sent.firstName !== was.first_name &&
    sent.lastName !== was.last_name &&
    sent.email !== was.email.toLowerCase();
  if (isAnotherPerson) return true;
  const workerOf = new Map(
    before.links
      .filter((one) => one.entity_id === entity.entityId)
      .map((link) => [link.employee_id, link.worker_id]),
  );
  const moves = before.employees.filter((one) => {
    const reading = listing.people.get(workerOf.get(one.employee_id) ?? "");
    return (
      reading !== undefined &&
      ((reading.email ?? one.email) !== one.email.toLowerCase() ||
        (reading.firstName ?? one.first_name) !== one.first_name ||
        (reading.lastName ?? one.last_name) !== one.last_name ||
        (reading.number ?? one.employee_number) !== one.employee_number)
    );
  });
  return moves.length > 1;
}

function contractsOf({ contracts }: Snapshot, employeeId: string): ExpectedContract[] {
  return contracts.filter((one) => one.employee_id === employeeId).map(storedContract);
}

function breachesOfFields(
  finished: Finished,
  reading: Reading,
  was: EmployeeRow | null,
  is: EmployeeRow,
): Breach[] {
  const start = usableStart(reading);
  const wanted: [keyof EmployeeRow, string | null][] = [
    ["first_name", reading.firstName ?? was?.first_name ?? null],
    ["last_name", reading.lastName ?? was?.last_name ?? null],
    ["start_date", start ?? was?.start_date ?? null],
  ];
  const plainFields = wanted.filter(([column, value]) => is[column] !== value);
  return [
    ...plainFields.map(([column, value]) => `${column} is ${is[column]} and should be ${value}`),
    ...breachesOfEmail(finished, reading, was, is),
    ...breachesOfNumber(finished, reading, was, is),
  ];
}

/** An address that another person has is not taken over: the old one stays, with an issue. */
function breachesOfEmail(
  { before, after, listing }: Finished,
  reading: Reading,
  was: EmployeeRow | null,
  is: EmployeeRow,
): Breach[] {
  const sent = reading.email;
  if (sent === null || is.email.toLowerCase() === sent) return [];
  if (was !== null && is.email !== was.email) return [`email is ${is.email}, sent was ${sent}`];
  const isOthers = (snapshot: Snapshot) =>
    snapshot.employees.some(
      (one) => one.email.toLowerCase() === sent && one.employee_id !== is.employee_id,
    ) || snapshot.accounts.some((one) => one.email === sent && one.account_id !== is.account_id);
  const isShared = [...listing.people.values()].some(
    (one) => one.email === sent && one.workerId !== reading.workerId,
  );
  const explained = after.issues.some(
    (issue) =>
      issue.worker_id === reading.workerId && issue.status !== "closed" && issue.code.startsWith("EMAIL_"),
  );
  if (!explained) return [`email ${sent} was not taken over, without an issue`];
  return isShared || !isAddress(sent) || isOthers(before) || isOthers(after)
    ? []
    : [`email ${sent} is free and was not taken over`];
}

export function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
}

function breachesOfNumber(
  { before, after, listing, entity }: Finished,
  reading: Reading,
  was: EmployeeRow | null,
  is: EmployeeRow,
): Breach[] {
  const sent = reading.number;
  const kept = was?.employee_number ?? null;
  if (is.employee_number === (sent ?? kept)) return [];
  const isOthers = (snapshot: Snapshot) =>
    snapshot.employees.some(
      (one) =>
        one.entity_id === entity.entityId &&
        one.employee_number === sent &&
        one.employee_id !== is.employee_id,
    );
  const isShared = [...listing.people.values()].some(
    (one) => one.number === sent && one.workerId !== reading.workerId,
  );
  const explained = isShared || isOthers(before) || isOthers(after);
  return is.employee_number === kept && explained
    ? []
    : [`employee number is ${is.employee_number}, sent was ${sent}`];
}

interface OfPerson {
  employeeId: string;
  was: EmployeeRow | null;
  is: EmployeeRow;
  holds: HoldRow[];
}

function breachesOfContracts(
  finished: Finished,
  reading: Reading,
  { employeeId, was, is, holds }: OfPerson,
): Breach[] {
  const { before, after, today } = finished;
  const prior = contractsOf(before, employeeId);
  const stored = contractsOf(after, employeeId);
  const expected = expectedOf(reading, prior, today);
  const wage = holds.filter((hold) => hold.kind === "wage");
  const isHeld = wage.some((hold) => hold.status === "open" || hold.status === "rejected");
  const until = was?.current_contract_id ?? null;
  const doubt = doubtOf(prior, expected, { today, until });
  const current = currentOn(stored, today, until);
  const wrong: Breach[] = current.includes(is.current_contract_id)
    ? []
    : [`current contract is ${is.current_contract_id}, should be ${current.join()}`];
  if (doubt === "none" && wage.some((hold) => hold.status === "open"))
    wrong.push("the wage is held for no reason");
  if (same(stored, expected)) {
    const used = usedHolds(before);
    const accepted = wage.some((hold) => hold.status === "accepted" && !used.has(hold.hold_id));
    return doubt === "sure" && !accepted && !same(prior, stored)
      ? [...wrong, "a wage that looks wrong was written"]
      : wrong;
  }
  if (isHeld && doubt !== "none" && same(stored, prior)) return wrong;
  return [...wrong, `contracts are ${JSON.stringify(stored)}, should be ${JSON.stringify(expected)}`];
}

function expectedOf(reading: Reading, prior: ExpectedContract[], today: string): ExpectedContract[] {
  const listed = [...reading.contracts.values()].flatMap((sent) => {
    const known = prior.find((one) => one.contractId === sent.contractId) ?? null;
    return expectedContract(sent, known) ?? known ?? [];
  });
  const rest = prior
    .filter((one) => !reading.contracts.has(one.contractId))
    .map((one) => ({ ...one, withdrawn: one.withdrawn || one.endDate === null || one.endDate >= today }));
  return [...listed, ...rest];
}

function same(a: readonly ExpectedContract[], b: readonly ExpectedContract[]): boolean {
  const text = (list: readonly ExpectedContract[]) => list.map(textOf).toSorted().join();
  return text(a) === text(b);
}
