import { issueCatalogue, isIssueCode } from "./issue-catalogue.ts";
import type { IssueCode } from "./issue-catalogue.ts";
import type { IssueEntry } from "./issue-entry.ts";
import { isProblemCode, problemCatalogue } from "./problem-catalogue.ts";
import type { ProblemCode } from "./problem-catalogue.ts";

/** `docs/errors.md`: both catalogues as people read them, in English, so that the page can never differ from the product. */
export function errorsDocument(): string {
  const issues = Object.keys(issueCatalogue).filter(isIssueCode).toSorted();
  const problems = Object.keys(problemCatalogue).filter(isProblemCode).toSorted();
  return `${[
    introduction,
    "## Issues",
    "",
    ...issues.flatMap(issueLines),
    "## Problems",
    "",
    ...problems.flatMap(problemLines),
  ]
    .join("\n")
    .trimEnd()}\n`;
}

const introduction = `# Errors

Everything the product can say is wrong, and what to do about it. This page is written from the catalogues in
\`apps/server/src/domain\`; to renew it after a change there, run its test with \`UPDATE_DOCS=1\`.

An **issue** is met by a run: it opens, is refreshed by every run that meets it again, and closes by itself. A **problem**
is the answer to a request (RFC 9457). Both are given in Dutch, French and English; here they stand in English. \`{…}\` is
filled in when it is shown.
`;

const actors = {
  customer: "HR, in MyLiantis or in Payflip",
  liantis: "Liantis",
  support: "support, together with the customer",
  operator: "us",
} satisfies Record<IssueEntry["who"], string>;

function issueLines(code: IssueCode): string[] {
  const entry = issueCatalogue[code];
  const variants = Object.entries(entry.variants ?? {}).flatMap(([reason, variant]) => [
    ...(variant.severity === undefined ? [] : [`- \`${reason}\` weighs as ${variant.severity}.`]),
    ...(variant.cause === undefined ? [] : [`- \`${reason}\`: ${variant.cause.en}`]),
    ...(variant.remedy === undefined ? [] : [`- \`${reason}\`, what to do: ${variant.remedy.en}`]),
  ]);
  return [
    `### ${code}`,
    "",
    `**${entry.title.en}** · ${entry.severity} · about a ${entry.about} · put right by ${actors[entry.who]}`,
    "",
    entry.cause.en,
    "",
    `*What to do:* ${entry.remedy.en}`,
    "",
    ...(variants.length === 0 ? [] : [...variants, ""]),
  ];
}

function problemLines(code: ProblemCode): string[] {
  const entry = problemCatalogue[code];
  const variants = Object.entries(entry.variants ?? {}).flatMap(([reason, variant]) => [
    ...(variant.detail === undefined ? [] : [`- \`${reason}\`: ${variant.detail.en}`]),
    ...(variant.remedy === undefined ? [] : [`- \`${reason}\`, what to do: ${variant.remedy.en}`]),
  ]);
  const hints = Object.entries(entry.hints ?? {}).map(
    ([hint, text]) => `- may add (\`${hint}\`): ${text.en}`,
  );
  const more = [...variants, ...hints];
  return [
    `### ${code}`,
    "",
    `**${entry.title.en}** · status ${entry.status}`,
    "",
    entry.detail.en,
    "",
    `*What to do:* ${entry.remedy.en}`,
    "",
    ...(more.length === 0 ? [] : [...more, ""]),
  ];
}
