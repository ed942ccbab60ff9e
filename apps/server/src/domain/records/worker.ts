/**
 * A worker as Liantis has them, in our own words: the canonical record that decoding yields and planning reads.
 *
 * `null` means "nothing usable was sent" (missing key, null, blank or a wrong type): it never overwrites what we have. The two
 * end dates are the exception: there null is a value, and `undefined` is what was not usable.
 * Values are trimmed and otherwise as sent: amounts, hours and percentages are decimal strings, dates `YYYY-MM-DD`.
 */
export interface WorkerRecord {
  workerId: string;
  employeeNumber: string | null;
  firstName: string | null;
  lastName: string | null;
  /** Trimmed and in lower case. Not yet judged: an invalid address is an issue, not a defect of the record. */
  email: string | null;
  /** Our language, or null when Liantis sent none or one that we do not speak. */
  language: Language | null;
  /** The code that was sent when `language` is null but something was sent (say `D`). */
  languageUnsupported: string | null;
  startDate: string | null;
  /**
   * Read for leaver tasks only; never written to an employee (seed: end dates are not synchronised). `null` = employment goes
   * on; `undefined` = not usable, keep what we have.
   */
  employmentEndDate: string | null | undefined;
  contracts: WageContractRecord[];
  /** What could not be read of an otherwise readable record: each becomes an issue, nothing is guessed. */
  defects: Defect[];
}

export interface WageContractRecord {
  contractId: string;
  statute: Statute | null;
  wageType: WageType | null;
  /** What was sent when it is none of the two wage types (say `DAILY`). */
  wageTypeUnknown: string | null;
  /** EUR per hour or per month, for the person's own regime, at most 4 decimals. */
  grossAmount: string | null;
  startDate: string | null;
  /** Last day, inclusive. `null` = open-ended; `undefined` = not usable, keep what we have. */
  endDate: string | null | undefined;
  /** Q: contractual hours a week. */
  weeklyHours: string | null;
  /** S: a full-timer's hours a week. */
  referenceWeeklyHours: string | null;
  /** Percent, `"80.00"`. */
  workRegimePercentage: string | null;
  /** Percent, `"27.17"`. */
  employerSocialSecurityPercentage: string | null;
  jointCommittee: string | null;
}

export type Language = "nl" | "fr" | "en";
export type Statute = "white_collar" | "blue_collar";
export type WageType = "hourly" | "monthly";

/** A field that was sent in a form nobody can read (wrong type, not a date, not a decimal); the value itself is not kept. */
export interface Defect {
  field: string;
  contractId: string | null;
}

/** What the personal fields of an employee are called, from Liantis to the screen. */
export const syncedFields = ["firstName", "lastName", "email", "startDate", "employeeNumber"] as const;
export type SyncedField = (typeof syncedFields)[number];
