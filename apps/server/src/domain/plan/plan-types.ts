import type { GuardThresholds } from "../guards/guard.ts";
import type { IssueCode } from "../catalogue/issue-catalogue.ts";
import type { HoldDecision, IdentityAlarm, PersonHold } from "../guards/hold-types.ts";
import type { EmployeeTarget } from "../records/employee.ts";
import type { Operation } from "../records/operation.ts";
import type { Language, WorkerRecord } from "../records/worker.ts";

/** What planning must know about a person that stands with other people; gathered by SQL over the staged records. */
export interface PersonFacts {
  /** The employee this worker is linked to, or the one of this entity that has the worker's e-mail, or none. */
  target:
    | { kind: "linked"; employee: EmployeeTarget }
    | { kind: "email_match"; employee: EmployeeTarget }
    | { kind: "none" };
  /** The e-mail-matched employee is linked to another worker already. */
  targetLinkedElsewhere: boolean;
  /**
   * Where the worker's e-mail stands on the platform (other than with the target itself): with nobody, with an account of
   * this customer that belongs to no employee, with another employee of this entity, of another entity, of another customer.
   */
  emailStatus: "free" | "own_account" | "same_entity" | "other_entity" | "other_customer";
  /** Employee numbers of the other workers of this listing that have the same e-mail ("" where they have none). */
  sameEmailEmployeeNumbers: string[];
  /** One of the workers that share the e-mail is linked to the employee who has it. */
  sameEmailHolderIsLinked: boolean;
  /** Another linked person of the entity has this worker's employee number. */
  employeeNumberTaken: boolean;
  /** The same workerId stood in the listing more than once with different content: the last one met is planned. */
  metTwice: boolean;
  /** Somebody said that this worker and the e-mail-matched employee are two people. */
  isUnlinkedPair: boolean;
  /** What this listing would do to who people are, seen over all of them; null where nothing is odd. */
  identityAlarm: IdentityAlarm | null;
  /** The end of employment that an earlier run read; it stands where Liantis sends nothing usable. */
  knownEmploymentEnd: string | null;
  /** What was asked and decided about this worker before, newest last. */
  decisions: readonly HoldDecision[];
}

export interface PlanPolicy {
  /** Calendar date in Europe/Brussels. */
  today: string;
  /** Used where Liantis sends no language that we speak. */
  defaultLanguage: Language;
  /** Domain of the entity's work e-mail, or null: unusual domains are not looked at. */
  emailDomain: string | null;
  /** E-mail matches (`matchKey`) that an admin accepted although both names differ. */
  acceptedMatches: ReadonlySet<string>;
  thresholds: GuardThresholds;
  /** A short text that stands for a long one: two that are not the same never have the same. */
  digest: (text: string) => string;
}

export interface IssueFact {
  code: IssueCode;
  /** The contract it is about, or null when it is about the person. */
  contractId: string | null;
  /** Values that the texts of the catalogue name (employee number, field, dates …): never a wage, never another customer's anything. */
  params: Record<string, string>;
}

/** What happens to one person in this run. Every person lands in exactly one bucket. */
export interface PersonPlan {
  workerId: string;
  bucket: "created" | "linked" | "updated" | "unchanged" | "held" | "failed";
  /** The employee the operations are about; null for a person who is created or failed without one. */
  employeeId: string | null;
  operations: Operation[];
  issues: IssueFact[];
  /** What a guard keeps back of this person: all of it, or the wage alone. */
  holds: PersonHold[];
}

export type PlanPerson = (source: WorkerRecord, facts: PersonFacts, policy: PlanPolicy) => PersonPlan;
