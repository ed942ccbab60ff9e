import type { Effect } from "../catalogue/effect.ts";
import type { IssueCode, IssueParams } from "../catalogue/issue-catalogue.ts";
import type { EmployeeTarget } from "../records/employee.ts";
import { type UpdatedPersonField, updatedPersonFields } from "../records/synced-fields.ts";
import type { WorkerRecord } from "../records/worker.ts";
import { isPlausibleDate } from "../values/calendar-date.ts";
import { emailDomain, isEmail, isWithinDomain, normaliseEmail } from "../values/email.ts";
import { personIssue, unreadableIssue } from "./plan-issues.ts";
import type { IssueFact, PersonFacts, PlanPolicy } from "./plan-types.ts";

export interface PersonJudgement {
  /** What may be written of each field; null leaves it as it is. */
  values: Record<UpdatedPersonField, string | null>;
  issues: IssueFact[];
  /** A value is lacking without which no employee is created, or the e-mail is not the person's alone, so that it matches no employee. */
  blocked: boolean;
}

interface Judged {
  value: string | null;
  issues: IssueFact[];
}

/** Judges each personal field by itself: what is usable is passed on, what is not becomes an issue. */
export function judgePerson(source: WorkerRecord, facts: PersonFacts, policy: PlanPolicy): PersonJudgement {
  const employee = facts.target.kind === "none" ? null : facts.target.employee;
  const email = judgeEmail(source, facts);
  const startDate = judgeStartDate(source);
  const isMatched = facts.target.kind === "email_match" && email.issues.length === 0;
  const lacks = source.firstName === null || source.lastName === null || startDate.value === null;
  const isNew = facts.target.kind !== "linked" && !isMatched;
  const blocked = isNew && (lacks || email.value === null);
  const about = { employeeNumber: source.employeeNumber ?? employee?.employeeNumber ?? "" };
  const effect: Effect = blocked ? "not_imported" : "kept";
  const judged = [email, startDate, { value: null, issues: missingNames(source) }];
  const blocking = judged
    .flatMap((one) => one.issues)
    .map((issue) => ({
      ...issue,
      params: { ...about, ...issue.params, effect },
    }));
  const number = blocked ? { value: null, issues: [] } : judgeEmployeeNumber(source, facts, employee);
  const unreadable = unreadableIssue(unreadableFields(source), {
    contractId: null,
    ...about,
    effect: !blocked && employee === null ? "left_empty" : effect,
  });
  const advice = blocked
    ? []
    : [...languageNotice(source, employee, policy), ...domainWarning(email, policy)];
  return {
    values: {
      ...valuesAsSent(source),
      email: withStoredSpelling(email.value, employee),
      startDate: startDate.value,
      employeeNumber: number.value,
    },
    issues: [...blocking, ...number.issues, ...unreadable, ...advice],
    blocked,
  };
}

function valuesAsSent(source: WorkerRecord): PersonJudgement["values"] {
  return Object.fromEntries(
    updatedPersonFields.map((field) => [field, source[field]]),
  ) as PersonJudgement["values"];
}

function judgeEmail(source: WorkerRecord, facts: PersonFacts): Judged {
  const unusable = <Code extends IssueCode>(code: Code, params: IssueParams<Code>): Judged => ({
    value: null,
    issues: [personIssue(code, params)],
  });
  if (source.email === null) {
    return hasDefect(source, "email") ? { value: null, issues: [] } : unusable("EMAIL_MISSING", {});
  }
  const email = normaliseEmail(source.email);
  if (!isEmail(email)) return unusable("EMAIL_INVALID", { email });
  const linkedTo = facts.target.kind === "linked" ? facts.target.employee : null;
  // The employee who has the e-mail keeps it, also when other workers are sent with it.
  if (linkedTo !== null && normaliseEmail(linkedTo.email) === email) return { value: email, issues: [] };
  if (facts.sameEmailEmployeeNumbers.length > 0) {
    const otherEmployeeNumbers = facts.sameEmailEmployeeNumbers
      .filter((one) => one !== "")
      .toSorted()
      .join(", ");
    const reason = facts.sameEmailHolderIsLinked ? "holder_linked" : "nobody_linked";
    return unusable("EMAIL_DUPLICATE_IN_LIANTIS", { email, otherEmployeeNumbers, reason });
  }
  if (facts.emailStatus === "other_entity") return unusable("EMAIL_ALREADY_IN_USE_OTHER_ENTITY", {});
  if (facts.emailStatus === "other_customer") return unusable("EMAIL_USED_BY_OTHER_CUSTOMER", {});
  const isTaken = facts.targetLinkedElsewhere || facts.emailStatus === "same_entity";
  return isTaken ? unusable("EMAIL_ALREADY_IN_USE_SAME_ENTITY", { email }) : { value: email, issues: [] };
}

function judgeStartDate(source: WorkerRecord): Judged {
  const { startDate } = source;
  const lastDay = lastContractDay(source);
  if (startDate !== null && lastDay !== null && startDate > lastDay) {
    const params = { startDate, endDate: lastDay, reason: "after_contracts" };
    return { value: null, issues: [personIssue("START_DATE_INVALID", params)] };
  }
  if (startDate !== null && isPlausibleDate(startDate)) return { value: startDate, issues: [] };
  if (startDate !== null) {
    return { value: null, issues: [personIssue("START_DATE_INVALID", { startDate })] };
  }
  const unreadable = hasDefect(source, "startDate");
  const issue = unreadable
    ? personIssue("START_DATE_INVALID", { reason: "unreadable" })
    : personIssue("START_DATE_MISSING", {});
  return { value: null, issues: [issue] };
}

/** The day on which the last contract ends; null when one is open-ended or has unusable dates, or when there is no contract. */
function lastContractDay({ contracts }: WorkerRecord): string | null {
  const ends = contracts.flatMap(({ startDate, endDate }) =>
    typeof endDate === "string" && endDate >= (startDate ?? "") ? [endDate] : [],
  );
  return ends.length === contracts.length ? (ends.toSorted().at(-1) ?? null) : null;
}

function missingNames(source: WorkerRecord): IssueFact[] {
  const names = ["firstName", "lastName"] as const;
  const missing = names.filter((field) => source[field] === null && !hasDefect(source, field));
  return missing.length === 0 ? [] : [personIssue("NAME_MISSING", { field: missing.join(", ") })];
}

function judgeEmployeeNumber(
  source: WorkerRecord,
  facts: PersonFacts,
  employee: EmployeeTarget | null,
): Judged {
  const { employeeNumber } = source;
  if (employeeNumber !== null) {
    if (!facts.employeeNumberTaken) return { value: employeeNumber, issues: [] };
    return { value: null, issues: [personIssue("PAYROLL_ID_DUPLICATE", { employeeNumber })] };
  }
  if (hasDefect(source, "employeeNumber")) return { value: null, issues: [] };
  const known = employee?.employeeNumber ?? null;
  const params = known === null ? { reason: "none" } : { reason: "kept", employeeNumber: known };
  return { value: null, issues: [personIssue("PAYROLL_ID_MISSING", params)] };
}

/** Raised as long as the person has the default language that we gave them. */
function languageNotice(
  source: WorkerRecord,
  employee: EmployeeTarget | null,
  policy: PlanPolicy,
): IssueFact[] {
  const { languageUnsupported } = source;
  if (languageUnsupported === null) return [];
  if (employee !== null && employee.language !== policy.defaultLanguage) return [];
  return [personIssue("LANGUAGE_UNSUPPORTED", { languageCode: languageUnsupported })];
}

function domainWarning(email: Judged, policy: PlanPolicy): IssueFact[] {
  const { emailDomain: expected } = policy;
  if (email.value === null || expected === null || isWithinDomain(email.value, expected)) return [];
  const params = { domain: emailDomain(email.value), expectedDomain: expected };
  return [personIssue("EMAIL_DOMAIN_UNUSUAL", params)];
}

/** An e-mail that differs only in capitals is the same e-mail: no change. */
function withStoredSpelling(email: string | null, employee: EmployeeTarget | null): string | null {
  if (email === null || employee === null) return email;
  return normaliseEmail(employee.email) === email ? employee.email : email;
}

/** A start date that cannot be read has an issue of its own. */
function unreadableFields(source: WorkerRecord): string[] {
  return source.defects
    .filter((defect) => defect.contractId === null && defect.field !== "startDate")
    .map((defect) => defect.field);
}

function hasDefect(source: WorkerRecord, field: string): boolean {
  return source.defects.some((defect) => defect.contractId === null && defect.field === field);
}
