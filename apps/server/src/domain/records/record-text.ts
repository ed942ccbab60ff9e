import {
  contractFields,
  type PersonField,
  personFieldNames,
  personFields,
  type SentContractField,
  sentContractFields,
} from "./synced-fields.ts";
import type { WorkerContract, WorkerRecord } from "./worker.ts";

/** A record as the JSON text that is staged: every value beside the name of its field. An end that was not usable is left out. */
export function recordText(record: WorkerRecord): string {
  return JSON.stringify(record);
}

/** The record that a text was made of. */
export function recordOfText(text: string): WorkerRecord {
  const record = JSON.parse(text) as WorkerRecord;
  return {
    ...notUsablePerson,
    ...record,
    contracts: record.contracts.map((contract) => ({ ...notUsableContract, ...contract })),
  };
}

/** JSON has no `undefined`, which is what an end is that was not usable. */
const notUsablePerson = notUsable(personFields);
const notUsableContract = notUsable(contractFields);

function notUsable(
  table: Readonly<Record<string, { name: string; blank: string }>>,
): Record<string, undefined> {
  const ends = Object.values(table).filter((field) => field.blank === "is_a_value");
  return Object.fromEntries(ends.map((field) => [field.name, undefined]));
}

type RecordKey = PersonField | "workerId" | "languageUnsupported";
type RecordContractKey = SentContractField | "contractId" | "wageTypeUnknown";
const personKeys: readonly RecordKey[] = ["workerId", "languageUnsupported", ...personFieldNames];
const contractKeys: readonly RecordContractKey[] = ["contractId", "wageTypeUnknown", ...sentContractFields];

/**
 * Every value of a record in one text, to be hashed: two records have the same text exactly when they are equal. Made of every
 * person of every night, so it leaves the names of the fields out.
 */
export function contentOfRecord(record: WorkerRecord): string {
  let text = "";
  for (const key of personKeys) text += mark(record[key]);
  text += `${record.contracts.length};`;
  for (const contract of record.contracts) text += contentOfContract(contract);
  for (const { field, contractId } of record.defects) text += `${mark(field)}${mark(contractId)}`;
  return text;
}

function contentOfContract(contract: WorkerContract): string {
  let text = "";
  for (const key of contractKeys) text += mark(contract[key]);
  return text;
}

/** With its length before it, so that no two sequences of values make the same text. */
function mark(value: string | null | undefined): string {
  if (value === null) return "-";
  return value === undefined ? "?" : `${value.length}:${value}`;
}
