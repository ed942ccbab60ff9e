import type { Breach } from "../observations/step-span.ts";
import type { Finished } from "./finished-run.ts";
import { isAddress } from "./expected-person.ts";
import { type ContractReading, type Reading, usableStart } from "./reading.ts";

/** Codes that depend on the sent values alone: after a run that applied, they are open exactly where they are true. */
const personCodes = [
  "EMAIL_MISSING",
  "EMAIL_INVALID",
  "NAME_MISSING",
  "START_DATE_MISSING",
  "START_DATE_INVALID",
];
const contractCodes = ["WAGE_MISSING", "WAGE_TYPE_UNKNOWN", "REGIME_MISSING", "EMPLOYER_NSSO_MISSING"];
const runCodes = [
  "SOURCE_LOOKS_WRONG",
  "LISTING_INCOMPLETE",
  "CONSENT_REVOKED",
  "LIANTIS_UNAVAILABLE",
  "PARTNER_AUTH_FAILED",
];

/** Codes of events: they report a change, not a condition. */
const eventCodes = ["EMAIL_CHANGED", "RETROACTIVE_CHANGE"];

/** Codes that need no action. */
const noticeCodes = [
  ...eventCodes,
  "LANGUAGE_UNSUPPORTED",
  "CONTRACT_OVERLAP_HISTORY",
  "FUTURE_CONTRACT_ONLY",
];

export function isNotice(code: string): boolean {
  return noticeCodes.includes(code);
}

/** An issue is open while its condition is true, and closes by itself. */
export function breachesOfIssues(finished: Finished): Breach[] {
  const { after, entity, listing } = finished;
  const open = after.issues.filter((one) => one.entity_id === entity.entityId && one.status !== "closed");
  const openKeys = new Set(open.map((one) => `${one.code} ${one.worker_id} ${one.contract_id}`));
  const judged = new Set([...personCodes, ...contractCodes]);
  const expected = new Set<string>();
  const heldBack = new Set<string>();
  for (const reading of listing.people.values()) {
    if (isHeldBack(finished, reading)) heldBack.add(reading.workerId);
    else for (const issue of issuesOf(finished, reading)) expected.add(issue);
  }
  const wrong: Breach[] = [...expected]
    .filter((issue) => !openKeys.has(issue))
    .map((issue) => `${issue} is not open`);
  for (const one of open) {
    if (runCodes.includes(one.code)) wrong.push(`${one.code} is open after a run that applied`);
    const isListed =
      listing.people.has(one.worker_id) ||
      listing.unreadable.has(one.worker_id) ||
      listing.unchosen.has(one.worker_id);
    if (!isListed && one.worker_id !== "" && !isEvent(one.code))
      wrong.push(`${one.code} of ${one.worker_id}, who is not listed`);
    if (heldBack.has(one.worker_id) || !judged.has(one.code)) continue;
    if (!expected.has(`${one.code} ${one.worker_id} ${one.contract_id}`))
      wrong.push(`${one.code} of ${one.worker_id} is open and not true`);
  }
  const isRight =
    finished.run.verdict !== "in_order" ||
    !open.some((one) => one.status === "open" && judged.has(one.code) && one.code !== "REGIME_MISSING");
  return [...wrong, ...(isRight ? [] : ["in order although an issue is open"])].map(
    (how) => `issues: ${how}`,
  );
}

/** An event stays open for some days, even after the person left the listing. */
function isEvent(code: string): boolean {
  return eventCodes.includes(code);
}

/** The match or the identity of the person waits for an admin: no other issue is expected. */
function isHeldBack({ after, entity, touched }: Finished, { workerId }: Reading): boolean {
  const issue = after.issues.some(
    (one) =>
      one.worker_id === workerId &&
      one.status !== "closed" &&
      ["AMBIGUOUS_MATCH", "REHIRE_OF_DEACTIVATED_USER"].includes(one.code),
  );
  const hold = after.holds.some(
    (one) => one.worker_id === workerId && one.entity_id === entity.entityId && one.status !== "superseded",
  );
  return issue || hold || touched.employees.size > 0;
}

function issuesOf(finished: Finished, reading: Reading): string[] {
  const { after, entity, today } = finished;
  const isLinked = after.links.some(
    (link) => link.entity_id === entity.entityId && link.worker_id === reading.workerId,
  );
  const person = personIssues(reading).map((code) => `${code} ${reading.workerId} `);
  if (!isLinked) return person;
  const contracts = [...reading.contracts.values()].filter((one) => lastDay(finished, reading, one) >= today);
  return [
    ...person,
    ...contracts.flatMap((one) =>
      contractIssues(one).map((code) => `${code} ${reading.workerId} ${one.contractId}`),
    ),
  ];
}

function personIssues(reading: Reading): string[] {
  const { email, firstName, lastName, start, defects } = reading;
  const isNameless =
    (firstName === null && !defects.has("firstName")) || (lastName === null && !defects.has("lastName"));
  const codes: string[] = [];
  if (email === null && !defects.has("email")) codes.push("EMAIL_MISSING");
  if (email !== null && !isAddress(email)) codes.push("EMAIL_INVALID");
  if (isNameless) codes.push("NAME_MISSING");
  if (start === null)
    codes.push(defects.has("employmentStartDate") ? "START_DATE_INVALID" : "START_DATE_MISSING");
  else if (usableStart(reading) === null) codes.push("START_DATE_INVALID");
  return codes;
}

function contractIssues(one: ContractReading): string[] {
  const codes: string[] = [];
  if (one.amount === null && !one.defects.has("grossAmount")) codes.push("WAGE_MISSING");
  if (one.wageType === null && !one.defects.has("wageType")) codes.push("WAGE_TYPE_UNKNOWN");
  if (one.regime === null ? !one.defects.has("workRegimePercentage") : Number(one.regime) === 0)
    codes.push("REGIME_MISSING");
  if (one.nsso === null && !one.defects.has("employerSocialSecurityPercentage"))
    codes.push("EMPLOYER_NSSO_MISSING");
  return codes;
}

/** The last day on which issues of a contract are expected. */
function lastDay({ after, before, entity }: Finished, reading: Reading, one: ContractReading): string {
  const never = "9999-12-31";
  const link = after.links.find(
    (other) => other.entity_id === entity.entityId && other.worker_id === reading.workerId,
  );
  const isPrior = before.contracts.some(
    (row) => row.employee_id === link?.employee_id && row.contract_id === one.contractId,
  );
  const stored = after.contracts.find(
    (row) => row.employee_id === link?.employee_id && row.contract_id === one.contractId,
  );
  if (stored !== undefined) return stored.end_date ?? never;
  const ends = [one.startDate, one.endDate ?? null];
  return isPrior || ends[1] === null
    ? never
    : (ends
        .filter((end) => end !== null)
        .toSorted()
        .at(-1) ?? never);
}
