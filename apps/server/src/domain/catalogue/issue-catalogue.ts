import { issueEntries } from "./issue-entries.ts";
import type { IssueEntry, IssueReason, IssueSeverity } from "./issue-entry.ts";

export type IssueCode = keyof typeof issueEntries;

export const issueCatalogue: Readonly<Record<IssueCode, IssueEntry>> = issueEntries;

type TypedIssueEntry<Code extends IssueCode> = (typeof issueEntries)[Code];
type ParamOfReason<Code extends IssueCode> =
  TypedIssueEntry<Code> extends { reasons: infer Reasons }
    ? {
        [Reason in keyof Reasons]: Reasons[Reason] extends { params: infer Own } ? keyof Own : never;
      }[keyof Reasons]
    : never;
/** Added to all issues of a person or a contract once it is known what became of the value. */
type AddedParam<Code extends IssueCode> =
  | "effect"
  | "employeeNumber"
  | (TypedIssueEntry<Code>["about"] extends "contract" ? "startDate" : never);

/**
 * What the texts of an issue name. Where a code has reasons (`params.reason`), these differ in what is known, so no value is
 * required.
 */
export type IssueParams<Code extends IssueCode> =
  TypedIssueEntry<Code> extends { reasons: unknown }
    ? Partial<
        Record<
          keyof TypedIssueEntry<Code>["params"] | ParamOfReason<Code> | AddedParam<Code> | "reason",
          string
        >
      >
    : Record<Exclude<keyof TypedIssueEntry<Code>["params"], AddedParam<Code>>, string> &
        Partial<Record<AddedParam<Code>, string>>;

/** An issue code with the values that its texts name: no other, and none left out. */
export function issueWithParams<Code extends IssueCode>(
  code: Code,
  params: IssueParams<Code>,
): { code: Code; params: Record<string, string> } {
  return { code, params: params as Record<string, string> };
}

/** The severity of an issue: that of its code, unless its reason weighs otherwise (an employer % of 0 is a warning). */
export function issueSeverity(code: IssueCode, params: Readonly<Record<string, string>>): IssueSeverity {
  const entry = issueCatalogue[code];
  return reasonOf(entry, params)?.severity ?? entry.severity;
}

/** Codes of something that happened, as opposed to a state that lasts. */
export const eventCodes: readonly string[] = Object.entries(issueCatalogue).flatMap(([code, entry]) =>
  entry.event === true ? [code] : [],
);

export function isIssueCode(text: string): text is IssueCode {
  return Object.hasOwn(issueCatalogue, text);
}

function reasonOf(
  { reasons }: IssueEntry,
  params: Readonly<Record<string, string>>,
): IssueReason | undefined {
  const reason = params["reason"] ?? "";
  return reasons !== undefined && Object.hasOwn(reasons, reason) ? reasons[reason] : undefined;
}
