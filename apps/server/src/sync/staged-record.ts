import { hash } from "node:crypto";
import type { StagedWorker } from "../runs/staging.sql.ts";
import type { WageContractRecord, WorkerRecord } from "../domain/records/worker.ts";
import { recordText } from "./record-text.ts";

/**
 * Goes up when the same record would be planned differently: everyone is then planned again once.
 */
const rulesVersion = 3;

/** Fields whose coverage is watched, in the order of their bits. Contract end is left out: blank is a value there. */
export const watchedFields = [
  "firstName",
  "lastName",
  "email",
  "language",
  "startDate",
  "employeeNumber",
  "wageContracts",
  "statute",
  "wageType",
  "grossAmount",
  "contractStartDate",
  "weeklyHours",
  "workRegimePercentage",
  "employerSocialSecurityPercentage",
] as const;

/**
 * A decoded worker as it is staged. The text is also what the content hash is taken of, together with where today stands in
 * the contracts: the same text on such a day is nothing to do, but a contract that starts or has ended is.
 * @param today the calendar date that the run plans with
 */
export function stagedWorker(record: WorkerRecord, today: string): StagedWorker {
  const text = recordText(record);
  const standing = record.contracts.map((contract) => standingOn(contract, today)).join("");
  return {
    workerId: record.workerId,
    contentHash: hash("sha1", `${rulesVersion}${standing}${text}`, "buffer"),
    filled: filledBits(record, today),
    email: record.email,
    employeeNumber: record.employeeNumber,
    metTwice: false,
    record: text,
  };
}

function standingOn({ startDate, endDate }: WageContractRecord, today: string): "-" | "=" | "+" {
  if (startDate !== null && startDate > today) return "-";
  return typeof endDate === "string" && endDate < today ? "+" : "=";
}

/**
 * A contract's field counts as filled when every contract of the person has it that has not ended: what was never filled years
 * ago says nothing of what is sent today. Of somebody whose contracts have all ended, all of them count.
 */
function filledBits(record: WorkerRecord, today: string): number {
  let bits = 0;
  if (record.firstName !== null) bits |= 1 << 0;
  if (record.lastName !== null) bits |= 1 << 1;
  if (record.email !== null) bits |= 1 << 2;
  if (record.language !== null || record.languageUnsupported !== null) bits |= 1 << 3;
  if (record.startDate !== null) bits |= 1 << 4;
  if (record.employeeNumber !== null) bits |= 1 << 5;
  if (record.contracts.length === 0) return bits;
  const running = record.contracts.filter((contract) => standingOn(contract, today) !== "+");
  return (
    (running.length > 0 ? running : record.contracts).reduce(
      (all, contract) => all & contractBits(contract),
      allContractBits,
    ) | bits
  );
}

const allContractBits = (1 << watchedFields.length) - (1 << 6);

function contractBits(contract: WageContractRecord): number {
  let bits = 1 << 6;
  if (contract.statute !== null) bits |= 1 << 7;
  if (contract.wageType !== null || contract.wageTypeUnknown !== null) bits |= 1 << 8;
  if (contract.grossAmount !== null) bits |= 1 << 9;
  if (contract.startDate !== null) bits |= 1 << 10;
  if (contract.weeklyHours !== null) bits |= 1 << 11;
  if (contract.workRegimePercentage !== null) bits |= 1 << 12;
  if (contract.employerSocialSecurityPercentage !== null) bits |= 1 << 13;
  return bits;
}
