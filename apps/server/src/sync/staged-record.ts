import { hash } from "node:crypto";
import type { StagedWorker } from "../db/staging.ts";
import type { WageContractRecord, WorkerRecord } from "../domain/worker.ts";

/**
 * Goes up when the same record would be planned differently: everyone is then planned again once.
 */
const rulesVersion = 1;

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
  const text = JSON.stringify(record);
  const standing = record.contracts.map((contract) => standingOn(contract, today)).join("");
  return {
    workerId: record.workerId,
    contentHash: hash("sha1", `${rulesVersion}${standing}${text}`, "buffer"),
    filled: filledBits(record),
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

/** A contract's field counts as filled when every contract of the person has it. */
function filledBits(record: WorkerRecord): number {
  const { contracts } = record;
  const some = contracts.length > 0;
  let bits = 0;
  const set = (bit: number, filled: boolean) => {
    if (filled) bits |= 1 << bit;
  };
  set(0, record.firstName !== null);
  set(1, record.lastName !== null);
  set(2, record.email !== null);
  set(3, record.language !== null || record.languageUnsupported !== null);
  set(4, record.startDate !== null);
  set(5, record.employeeNumber !== null);
  set(6, some);
  set(7, some && contracts.every((contract) => contract.statute !== null));
  set(
    8,
    some && contracts.every((contract) => contract.wageType !== null || contract.wageTypeUnknown !== null),
  );
  set(9, some && contracts.every((contract) => contract.grossAmount !== null));
  set(10, some && contracts.every((contract) => contract.startDate !== null));
  set(11, some && contracts.every((contract) => contract.weeklyHours !== null));
  set(12, some && contracts.every((contract) => contract.workRegimePercentage !== null));
  set(13, some && contracts.every((contract) => contract.employerSocialSecurityPercentage !== null));
  return bits;
}

/** The record as it was staged. `JSON` has no `undefined`: an end date that was not usable is simply not there. */
export function unstagedRecord(text: string): WorkerRecord {
  return JSON.parse(text) as WorkerRecord;
}
