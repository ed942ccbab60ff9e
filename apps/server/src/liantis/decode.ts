import { contractFields, personFields } from "../domain/records/synced-fields.ts";
import type { Language, Statute, WageType, WorkerContract, WorkerRecord } from "../domain/records/worker.ts";
import { isPlausibleDate } from "../domain/values/calendar-date.ts";
import { normaliseEmail } from "../domain/values/email.ts";
import { FieldReader } from "./fields.ts";
import { isWireObject } from "./wire.ts";
import type { WireObject } from "./wire.ts";

export type DecodedWorker =
  | { kind: "worker"; record: WorkerRecord }
  /** Nothing of this item may be written; `index` is its place on the page. */
  | { kind: "unreadable"; workerId: string | null; index: number };

/**
 * One item of a listing as our own record. Everything else that Liantis sends about the person is dropped here.
 *
 * A worker is unreadable as a whole without a worker id or a list of contracts, and when a contract has no id: without it, the
 * contract would seem to be deleted at Liantis. Anything smaller is a defect of the record.
 *
 * Runs for every person every night, so it checks without a schema and builds each object once.
 */
export function decodeWorker(item: unknown, index: number): DecodedWorker {
  if (!isWireObject(item)) return { kind: "unreadable", workerId: null, index };
  const workerId = readId(item["workerId"]);
  const wireContracts = item["wageContracts"];
  if (workerId === null || !Array.isArray(wireContracts) || wireContracts.length > contractsMax) {
    return { kind: "unreadable", workerId, index };
  }
  const reader = new FieldReader();
  const person = decodePerson(item, workerId, reader);
  const contracts = decodeContracts(wireContracts, reader);
  if (contracts === null) return { kind: "unreadable", workerId, index };
  return { kind: "worker", record: { ...person, contracts, defects: reader.defects } };
}

const contractsMax = 1000;
const idLengthMax = 64;
/** Blanks at the ends, control characters, or dots, which would climb up a path. */
const unusableId = /^\s|\s$|\p{Cc}|^\.{1,2}$/u;

const languages = new Map<string, Language>([
  ["N", "nl"],
  ["NL", "nl"],
  ["1", "nl"],
  ["F", "fr"],
  ["FR", "fr"],
  ["2", "fr"],
  ["E", "en"],
  ["EN", "en"],
]);
const statutes = new Map<string, Statute>([
  ["WHITE_COLLAR", "white_collar"],
  ["BLUE_COLLAR", "blue_collar"],
]);
const wageTypes = new Map<string, WageType>([
  ["HOURLY", "hourly"],
  ["MONTHLY", "monthly"],
]);

/** Ids are opaque: used as they are, or not at all. */
function readId(value: unknown): string | null {
  if (typeof value !== "string" || value === "" || value.length > idLengthMax) return null;
  return unusableId.test(value) || !value.isWellFormed() ? null : value;
}

function decodePerson(
  item: WireObject,
  workerId: string,
  reader: FieldReader,
): Omit<WorkerRecord, "contracts" | "defects"> {
  const employeeNumber = reader.text(personFields.employeeNumber, item["employeeNumber"]);
  const firstName = reader.text(personFields.firstName, item["firstName"]);
  const lastName = reader.text(personFields.lastName, item["lastName"]);
  const email = reader.text(personFields.email, item["email"]);
  const languageCode = reader.text(personFields.language, item["language"]);
  const language = languageCode === null ? null : (languages.get(languageCode.toUpperCase()) ?? null);
  return {
    workerId,
    employeeNumber,
    firstName,
    lastName,
    email: email === null ? null : normaliseEmail(email),
    language,
    languageUnsupported: language === null ? languageCode : null,
    startDate: reader.date(personFields.startDate, item["employmentStartDate"]),
    employmentEndDate: readEnd(item["employmentEndDate"], reader),
  };
}

/** Without implausible years: some systems send 0001-01-01 for an unknown date. */
function readEnd(value: unknown, reader: FieldReader): string | null | undefined {
  const end = reader.end(personFields.employmentEndDate, value);
  if (typeof end !== "string" || isPlausibleDate(end)) return end;
  reader.defect(personFields.employmentEndDate.name);
  return undefined;
}

/** Null when a contract has no usable id. */
function decodeContracts(items: readonly unknown[], reader: FieldReader): WorkerContract[] | null {
  const contracts: WorkerContract[] = [];
  for (const item of items) {
    if (!isWireObject(item)) return null;
    const contractId = readId(item["contractId"]);
    if (contractId === null) return null;
    reader.contractId = contractId;
    const contract = decodeContract(item, contractId, reader);
    const twin = contracts.findIndex((other) => other.contractId === contractId);
    if (twin === -1) {
      contracts.push(contract);
      continue;
    }
    // Sent twice: the last one counts, and a difference between them is a defect.
    if (JSON.stringify(contracts[twin]) !== JSON.stringify(contract)) reader.defect("contractId");
    contracts[twin] = contract;
  }
  reader.contractId = null;
  return contracts;
}

function decodeContract(item: WireObject, contractId: string, reader: FieldReader): WorkerContract {
  const statute = reader.text(contractFields.statute, item["statute"]);
  const wageTypeCode = reader.text(contractFields.wageType, item["wageType"]);
  const wageType = wageTypeCode === null ? null : (wageTypes.get(wageTypeCode) ?? null);
  return {
    contractId,
    statute: statute === null ? null : (statutes.get(statute) ?? null),
    wageType,
    wageTypeUnknown: wageType === null ? wageTypeCode : null,
    grossAmount: reader.decimal(contractFields.grossAmount, item["grossAmount"]),
    startDate: reader.date(contractFields.startDate, item["startDate"]),
    endDate: reader.end(contractFields.endDate, item["endDate"]),
    weeklyHours: reader.decimal(contractFields.weeklyHours, item["weeklyHours"]),
    referenceWeeklyHours: reader.decimal(contractFields.referenceWeeklyHours, item["referenceWeeklyHours"]),
    workRegimePercentage: reader.decimal(contractFields.workRegimePercentage, item["workRegimePercentage"]),
    employerSocialSecurityPercentage: reader.decimal(
      contractFields.employerSocialSecurityPercentage,
      item["employerSocialSecurityPercentage"],
    ),
    jointCommittee: reader.text(contractFields.jointCommittee, item["jointCommittee"]),
  };
}
