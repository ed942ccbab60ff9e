import type { contractFields, PersonField, personFields, SentContractField } from "./synced-fields.ts";

/**
 * A worker as Liantis has them, in our own words: the canonical record that decoding yields and planning reads. Its fields are
 * those of synced-fields.ts.
 *
 * `null` means "nothing usable was sent" (missing key, null, blank or a wrong type): it never overwrites what we have. Of an end
 * date null is a value ("there is no end"), and `undefined` means that nothing usable was sent.
 * Values are trimmed and otherwise as sent: amounts, hours and percentages are decimal strings, dates `YYYY-MM-DD`.
 */
export interface WorkerRecord extends SentPersonValues {
  workerId: string;
  /** The code that was sent when `language` is null but something was sent (say `D`). */
  languageUnsupported: string | null;
  contracts: WorkerContract[];
  /** What could not be read of an otherwise readable record: each becomes an issue, nothing is guessed. */
  defects: Defect[];
}

/** A wage contract as Liantis sends it. */
export interface WorkerContract extends SentContractValues {
  contractId: string;
  /** What was sent when it is none of the two wage types (say `DAILY`). */
  wageTypeUnknown: string | null;
}

export type Language = "nl" | "fr" | "en";
export type Statute = "white_collar" | "blue_collar";
export type WageType = "hourly" | "monthly";

/** A field that was sent in a form that cannot be read (wrong type, not a date, not a decimal); the value itself is not kept. */
export interface Defect {
  field: string;
  contractId: string | null;
}

interface Codes {
  language: Language;
  statute: Statute;
  wage_type: WageType;
}

/** The type of a field's value, by the rules that the table has for the field. */
export type FieldValue<Rules extends { kind: string }> = Rules["kind"] extends keyof Codes
  ? Codes[Rules["kind"]]
  : string;

type SentValue<Rules extends { kind: string; blank: string }> =
  | FieldValue<Rules>
  | null
  | (Rules["blank"] extends "is_a_value" ? undefined : never);

type SentPersonValues = { [Field in PersonField]: SentValue<(typeof personFields)[Field]> };
type SentContractValues = { [Field in SentContractField]: SentValue<(typeof contractFields)[Field]> };
