import { isIssueCode, issueCatalogue, type IssueCode } from "../domain/catalogue/issue-catalogue.ts";
import type { IssueEntry } from "../domain/catalogue/issue-entry.ts";
import { isProblemCode, problemCatalogue, type ProblemCode } from "../domain/catalogue/problem-catalogue.ts";
import { isMessageKey, type MessageKey, messages } from "./messages.ts";
import { documentText } from "./placeholders.ts";

/** `docs/errors.md`: every issue and problem with its English texts, written from the catalogue so that it never differs. */
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

Everything that the product reports as wrong, and what to do about it. This page is written from the codes in
\`apps/server/src/domain/catalogue\` and the messages in \`apps/server/src/texts/messages\`; to renew it after a change there, run
its test with \`UPDATE_DOCS=1\`.

An **issue** is found by a run: it opens, is refreshed by each run that finds it again, and closes automatically. A **problem** is
the answer to a request that is refused (RFC 9457). Both exist in Dutch, French and English; this page has the English texts.
\`{…}\` is filled in when a text is shown.
`;

const actors = {
  customer: "HR, in MyLiantis or in Payflip",
  liantis: "Liantis",
  support: "support, together with the customer",
  operator: "Payflip",
} satisfies Record<IssueEntry["who"], string>;

function issueLines(code: IssueCode): string[] {
  const { severity, about, who, reasons = {} } = issueCatalogue[code];
  const ofReasons = Object.entries(reasons).flatMap(([reason, own]) => [
    ...(own.severity === undefined ? [] : [`- \`${reason}\` has severity ${own.severity}.`]),
    ...extraLine(`issue.${code}.${reason}.cause`, `- \`${reason}\`: `),
    ...extraLine(`issue.${code}.${reason}.remedy`, `- \`${reason}\`, what to do: `),
  ]);
  return [
    `### ${code}`,
    "",
    `**${english(`issue.${code}.title`)}** · ${severity} · about a ${about} · fixed by ${actors[who]}`,
    "",
    english(`issue.${code}.cause`),
    "",
    `*What to do:* ${english(`issue.${code}.remedy`)}`,
    "",
    ...(ofReasons.length === 0 ? [] : [...ofReasons, ""]),
  ];
}

function problemLines(code: ProblemCode): string[] {
  const { status, reasons = [], hints = {} } = problemCatalogue[code];
  const more = [
    ...reasons.flatMap((reason) => extraLine(`problem.${code}.${reason}.detail`, `- \`${reason}\`: `)),
    ...Object.keys(hints).flatMap((hint) =>
      extraLine(`problem.${code}.${hint}.hint`, `- may add (\`${hint}\`): `),
    ),
  ];
  return [
    `### ${code}`,
    "",
    `**${english(`problem.${code}.title`)}** · status ${status}`,
    "",
    english(`problem.${code}.detail`),
    "",
    `*What to do:* ${english(`problem.${code}.remedy`)}`,
    "",
    ...(more.length === 0 ? [] : [...more, ""]),
  ];
}

function extraLine(key: string, beginning: string): string[] {
  return isMessageKey(key) ? [`${beginning}${english(key)}`] : [];
}

function english(key: MessageKey): string {
  return documentText(messages.en[key], "en");
}
