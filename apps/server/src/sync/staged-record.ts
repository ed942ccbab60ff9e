import { hash } from "node:crypto";
import { contentOfRecord } from "../domain/records/record-text.ts";
import {
  contractFields,
  contractListBit,
  type PersonField,
  personFields,
  type SentContractField,
} from "../domain/records/synced-fields.ts";
import type { WorkerContract, WorkerRecord } from "../domain/records/worker.ts";
import type { StagedWorker } from "../runs/staging.sql.ts";

/**
 * Goes up when the code would plan the same record differently: everybody is then planned again once. A change of the table of
 * synchronised fields does so by itself. rules-version.test.ts fails when it was forgotten.
 */
export const rulesVersion = 3;

/** The rules that a content hash was made under. */
const rules = hash("sha1", JSON.stringify([rulesVersion, personFields, contractFields]));

/**
 * A decoded worker as it is staged. The content hash is taken of the record and of where the date of the run is in its
 * contracts: an unchanged record is no work, unless a contract starts or has ended.
 * @param today the calendar date that the run plans with
 */
export function stagedWorker(record: WorkerRecord, today: string): StagedWorker {
  const phases = record.contracts.map((contract) => phaseOn(contract, today)).join("");
  const content = `${rules}${phases}${contentOfRecord(record)}`;
  return {
    record,
    contentHash: hash("sha1", content, "buffer"),
    filled: filledBits(record, today),
    metTwice: false,
  };
}

/** Whether a contract has yet to start, runs or has ended. */
function phaseOn({ startDate, endDate }: WorkerContract, today: string): "-" | "=" | "+" {
  if (startDate !== null && startDate > today) return "-";
  return typeof endDate === "string" && endDate < today ? "+" : "=";
}

/**
 * A contract's field counts as filled when every contract of the person that has not ended has it: a value that was missing
 * years ago says nothing of what is sent today. When all contracts have ended, all of them count.
 */
function filledBits(record: WorkerRecord, today: string): number {
  const personBits = bitsOf(watchedPersonFields, record);
  if (record.contracts.length === 0) return personBits;
  const running = record.contracts.filter((contract) => phaseOn(contract, today) !== "+");
  const counted = running.length > 0 ? running : record.contracts;
  const contractBits = counted.reduce((bits, contract) => bits & bitsOf(watchedContractFields, contract), ~0);
  return personBits | contractBits | (1 << contractListBit);
}

interface Watched<Key> {
  name: Key;
  /** Where the record keeps a code that is none of ours: it was sent, so the field is filled. */
  unknownCodeKey: Key;
  mask: number;
}

const watchedPersonFields = watchedOf<PersonField | "languageUnsupported">(Object.values(personFields));
const watchedContractFields = watchedOf<SentContractField | "wageTypeUnknown">(
  Object.values(contractFields).filter((field) => field.origin === "sent"),
);

function watchedOf<Key>(
  fields: readonly { name: Key; watchedBit: number | null; unknownCodeKey?: Key }[],
): Watched<Key>[] {
  return fields.flatMap(({ name, watchedBit, unknownCodeKey = name }) =>
    watchedBit === null ? [] : [{ name, unknownCodeKey, mask: 1 << watchedBit }],
  );
}

function bitsOf<Key extends string>(
  fields: readonly Watched<Key>[],
  values: Readonly<Record<Key, string | null | undefined>>,
): number {
  let bits = 0;
  for (const { name, unknownCodeKey, mask } of fields)
    if (values[name] !== null || values[unknownCodeKey] !== null) bits |= mask;
  return bits;
}
