import type { IssueCode } from "../catalogue/issue-catalogue.ts";
import type { GuardThresholds } from "../guards/guard.ts";
import type { HoldDecision, IdentityAlarm, PersonHold } from "../guards/hold-types.ts";
import type { EmployeeTarget } from "../records/employee.ts";
import type { Operation } from "../records/operation.ts";
import type { Language, WorkerRecord } from "../records/worker.ts";

/** What planning must know about a person that depends on other people; gathered by SQL over the staged records. */
export interface PersonFacts {
  /** The employee this worker is linked to, or the one of this entity that has the worker's e-mail, or none. */
  target:
    | { kind: "linked"; employee: EmployeeTarget }
    | { kind: "email_match"; employee: EmployeeTarget }
    | { kind: "none" };
  /** The e-mail-matched employee is linked to another worker already. */
  targetLinkedElsewhere: boolean;
  /**
   * Who has the worker's e-mail, other than the target itself: no account, an account of this customer that belongs to no
   * employee, another employee of this entity, one of another entity, or an account of another customer.
   */
  emailStatus: "free" | "own_account" | "same_entity" | "other_entity" | "other_customer";
  /** Employee numbers of the other workers of this listing that have the same e-mail ("" where they have none). */
  sameEmailEmployeeNumbers: string[];
  /** One of the workers that share the e-mail is linked to the employee who has it. */
  sameEmailHolderIsLinked: boolean;
  /** Another linked person of the entity has this worker's employee number. */
  employeeNumberTaken: boolean;
  /** The listing had the same workerId more than once with different content: the last one met is planned. */
  metTwice: boolean;
  /** An admin unlinked this worker and the e-mail-matched employee: they are two people. */
  isUnlinkedPair: boolean;
  /** What looks wrong about who this person is, seen over the whole listing; null when nothing does. */
  identityAlarm: IdentityAlarm | null;
  /** The end of employment that an earlier run read; it counts when Liantis sends nothing usable. */
  knownEmploymentEnd: string | null;
  /** What was asked and decided about this worker before, newest last. */
  decisions: readonly HoldDecision[];
}

export interface PlanPolicy {
  /** Calendar date in Europe/Brussels. */
  today: string;
  /** Used when Liantis sends no language that we support. */
  defaultLanguage: Language;
  /** Domain of the entity's work e-mail, or null: then no domain is unusual. */
  emailDomain: string | null;
  /** E-mail matches (`matchKey`) that an admin accepted although both names differ. */
  acceptedMatches: ReadonlySet<string>;
  thresholds: GuardThresholds;
  /** Collision-resistant hash of a text. */
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
