import type { Language, Statute, WageType } from "./worker.ts";

/** An employee as stored, as far as planning needs it. */
export interface EmployeeTarget {
  employeeId: string;
  rowVersion: number;
  firstName: string;
  lastName: string;
  email: string;
  language: Language;
  startDate: string;
  employeeNumber: string | null;
  deactivated: boolean;
  /** The wage contract that last drove the wage; it stays current while several run at once without an answer. */
  currentContractId: string | null;
  contracts: StoredContract[];
}

/** What Liantis sent of a contract and what we derived from it. Decimal strings in canonical form (no superfluous zeros beyond the column's scale). */
export interface ContractValues {
  statute: Statute | null;
  wageType: WageType | null;
  grossAmount: string | null;
  /** EUR a month with exactly 2 decimals, or null when there is no monthly wage. */
  grossMonthly: string | null;
  startDate: string | null;
  endDate: string | null;
  weeklyHours: string | null;
  referenceWeeklyHours: string | null;
  workRegimePercentage: string | null;
  employerSocialSecurityPercentage: string | null;
  jointCommittee: string | null;
}

export interface StoredContract extends ContractValues {
  contractId: string;
  rowVersion: number;
  /** A complete listing of a present person no longer held it: history, never current. */
  withdrawn: boolean;
}
