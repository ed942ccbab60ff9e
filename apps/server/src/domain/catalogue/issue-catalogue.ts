import type { IssueEntry, IssueSeverity, IssueVariant } from "./issue-entry.ts";
import { contractIssues } from "./issue-texts-contract.ts";
import { identityIssues } from "./issue-texts-identity.ts";
import { personIssues } from "./issue-texts-person.ts";
import { runIssues } from "./issue-texts-run.ts";
import { fillTemplate } from "./text-template.ts";
import type { Language } from "../records/worker.ts";

export type IssueCode =
  | keyof typeof personIssues
  | keyof typeof identityIssues
  | keyof typeof contractIssues
  | keyof typeof runIssues;

/** Everything that can be wrong with a run, a person or a wage contract, and what to do about it. */
export const issueCatalogue: Readonly<Record<IssueCode, IssueEntry>> = {
  ...personIssues,
  ...identityIssues,
  ...contractIssues,
  ...runIssues,
};

type Params = Readonly<Record<string, string>>;

/** What the admin reads about an issue. A parameter that is missing is said to be not filled in. */
export function renderIssue(
  code: IssueCode,
  params: Params,
  language: Language,
): { title: string; cause: string; remedy: string } {
  const entry = issueCatalogue[code];
  const variant = variantOf(entry, params);
  return {
    title: fillTemplate(entry.title, params, language),
    cause: fillTemplate(variant.cause ?? entry.cause, params, language).trim(),
    remedy: fillTemplate(variant.remedy ?? entry.remedy, params, language).trim(),
  };
}

/** The severity of an issue: that of its code, unless its reason weighs otherwise (an employer % of 0 is a warning). */
export function issueSeverity(code: IssueCode, params: Params): IssueSeverity {
  const entry = issueCatalogue[code];
  return variantOf(entry, params).severity ?? entry.severity;
}

/** Codes that tell of something that happened, instead of something that is so. */
export const eventCodes: readonly string[] = Object.entries(issueCatalogue).flatMap(([code, entry]) =>
  entry.event === true ? [code] : [],
);

export function isIssueCode(text: string): text is IssueCode {
  return Object.hasOwn(issueCatalogue, text);
}

function variantOf(entry: IssueEntry, params: Params): IssueVariant {
  const reason = params["reason"] ?? "";
  if (entry.variants === undefined || !Object.hasOwn(entry.variants, reason)) return {};
  return entry.variants[reason] ?? {};
}
