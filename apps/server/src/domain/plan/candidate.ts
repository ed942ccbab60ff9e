import { defaultThresholds } from "../guards/guard.ts";
import type { EmployeeTarget } from "../records/employee.ts";
import { noOptionalValues, nothingSent } from "../records/synced-fields.ts";
import type { WorkerRecord } from "../records/worker.ts";
import { sortedIssues } from "./plan-issues.ts";
import { judgePerson } from "./plan-person.ts";
import type { IssueFact, PersonFacts, PlanPolicy } from "./plan-types.ts";

/** What the list that people are chosen from shows of a worker. */
export interface CandidateFields {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  employeeNumber: string | null;
  startDate: string | null;
  /** The whole record could not be read: nothing is known but the id. */
  unreadable: boolean;
}

/** What links a candidate to the people in Payflip and to the rest of the list. */
export interface CandidateFacts {
  /** The employee whom the worker is linked to. */
  linkedTo: string | null;
  /** The employee of this entity who has the e-mail. */
  matches: string | null;
  /** That employee is linked to another worker. */
  matchIsLinked: boolean;
  /** An admin unlinked the two: they are two people. */
  isUnlinkedPair: boolean;
  emailStatus: PersonFacts["emailStatus"];
  /** Numbers of the others of the list who have the same e-mail ("" where they have none). */
  sameEmailEmployeeNumbers: string[];
}

export type CandidateJudgement =
  | { match: "new" }
  | { match: "existing"; employeeId: string }
  | { match: "issue"; issue: IssueFact };

/** What selecting a candidate would do, by the rules of a run: create an employee, link an existing one, or only raise an issue. */
export function judgeCandidate(
  workerId: string,
  fields: CandidateFields,
  facts: CandidateFacts,
): CandidateJudgement {
  if (facts.linkedTo !== null) return { match: "existing", employeeId: facts.linkedTo };
  if (fields.unreadable)
    return {
      match: "issue",
      issue: { code: "PAYLOAD_INVALID", contractId: null, params: { reason: "record" } },
    };
  const source = recordOf(workerId, fields);
  const person = judgePerson(source, personFacts(source, facts), policy);
  const [issue] = sortedIssues(person.issues);
  if (person.blocked && issue !== undefined) return { match: "issue", issue };
  if (facts.isUnlinkedPair) return { match: "issue", issue: unlinkedPairIssue(fields) };
  return facts.matches === null ? { match: "new" } : { match: "existing", employeeId: facts.matches };
}

/** As a run holds them: an admin unlinked the two, and only an admin links them again. */
function unlinkedPairIssue({ firstName, lastName, employeeNumber }: CandidateFields): IssueFact {
  const liantisName = `${firstName ?? ""} ${lastName ?? ""}`.trim();
  const params = { employeeNumber: employeeNumber ?? "", liantisName, reason: "unlinked_pair" };
  return { code: "AMBIGUOUS_MATCH", contractId: null, params };
}

function recordOf(workerId: string, fields: CandidateFields): WorkerRecord {
  const { firstName, lastName, email, employeeNumber, startDate } = fields;
  const sent = { ...nothingSent, employeeNumber, firstName, lastName, email, startDate };
  return { workerId, ...sent, languageUnsupported: null, contracts: [], defects: [] };
}

function personFacts(source: WorkerRecord, facts: CandidateFacts): PersonFacts {
  const { matches, matchIsLinked, isUnlinkedPair, emailStatus, sameEmailEmployeeNumbers } = facts;
  return {
    target:
      matches === null ? { kind: "none" } : { kind: "email_match", employee: employeeLike(source, matches) },
    targetLinkedElsewhere: matchIsLinked,
    emailStatus,
    sameEmailEmployeeNumbers,
    sameEmailHolderIsLinked: matchIsLinked,
    employeeNumberTaken: false,
    metTwice: false,
    isUnlinkedPair,
    identityAlarm: null,
    knownEmploymentEnd: null,
    decisions: [],
  };
}

/** Of the matched employee only the e-mail counts here. */
function employeeLike(source: WorkerRecord, employeeId: string): EmployeeTarget {
  return {
    employeeId,
    rowVersion: 0,
    ...noOptionalValues,
    firstName: source.firstName ?? "",
    lastName: source.lastName ?? "",
    email: source.email ?? "",
    language: policy.defaultLanguage,
    startDate: source.startDate ?? "",
    employeeNumber: source.employeeNumber,
    deactivated: false,
    currentContractId: null,
    contracts: [],
  };
}

/** Nothing about a candidate depends on it. */
const policy: PlanPolicy = {
  today: "",
  defaultLanguage: "nl",
  emailDomain: null,
  acceptedMatches: new Set(),
  thresholds: defaultThresholds,
  digest: (text) => text,
};
