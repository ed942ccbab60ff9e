import type { Effect } from "../catalogue/effect.ts";
import { type IssueCode, type IssueParams, issueWithParams } from "../catalogue/issue-catalogue.ts";
import type { Operation } from "../records/operation.ts";
import type { IssueFact } from "./plan-types.ts";

/** In an order that does not depend on what was sent first: the person's own issues, then by contract and code. */
export function sortedIssues(issues: readonly IssueFact[]): IssueFact[] {
  return issues.toSorted((a, b) => order(a.contractId ?? "", b.contractId ?? "") || order(a.code, b.code));
}

/** An issue about the person. */
export function personIssue<Code extends IssueCode>(code: Code, params: IssueParams<Code>): IssueFact {
  return contractIssue(code, null, params);
}

/** An issue about a wage contract, or about the person where there is none. */
export function contractIssue<Code extends IssueCode>(
  code: Code,
  contractId: string | null,
  params: IssueParams<Code>,
): IssueFact {
  return { ...issueWithParams(code, params), contractId };
}

/** Several unreadable fields are one issue that names them all: an issue is known by its code, person and contract. */
export function unreadableIssue(
  fields: readonly string[],
  about: { contractId: string | null; employeeNumber: string; effect: Effect },
): IssueFact[] {
  if (fields.length === 0) return [];
  const { contractId, employeeNumber, effect } = about;
  const field = [...new Set(fields)].toSorted().join(", ");
  return [contractIssue("PAYLOAD_INVALID", contractId, { field, employeeNumber, effect })];
}

/** The issues of contracts whose operations are held back: nothing of what was sent of these became so. */
export function asHeld(issues: readonly IssueFact[], operations: readonly Operation[]): IssueFact[] {
  const heldIds = new Set(operations.flatMap((one) => ("contractId" in one ? [one.contractId] : [])));
  const effect: Effect = "held";
  return issues.map((issue) => {
    const isHeld = issue.contractId !== null && heldIds.has(issue.contractId) && "effect" in issue.params;
    return isHeld ? { ...issue, params: { ...issue.params, effect } } : issue;
  });
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
