import type { Language } from "@payflip/contract/page.ts";
import enConnect from "./messages/en/connect.json" with { type: "json" };
import enDecisions from "./messages/en/decisions.json" with { type: "json" };
import enIssues from "./messages/en/issues.json" with { type: "json" };
import enMails from "./messages/en/mails.json" with { type: "json" };
import enPeople from "./messages/en/people.json" with { type: "json" };
import enProblems from "./messages/en/problems.json" with { type: "json" };
import enTasks from "./messages/en/tasks.json" with { type: "json" };
import frConnect from "./messages/fr/connect.json" with { type: "json" };
import frDecisions from "./messages/fr/decisions.json" with { type: "json" };
import frIssues from "./messages/fr/issues.json" with { type: "json" };
import frMails from "./messages/fr/mails.json" with { type: "json" };
import frPeople from "./messages/fr/people.json" with { type: "json" };
import frProblems from "./messages/fr/problems.json" with { type: "json" };
import frTasks from "./messages/fr/tasks.json" with { type: "json" };
import nlConnect from "./messages/nl/connect.json" with { type: "json" };
import nlDecisions from "./messages/nl/decisions.json" with { type: "json" };
import nlIssues from "./messages/nl/issues.json" with { type: "json" };
import nlMails from "./messages/nl/mails.json" with { type: "json" };
import nlPeople from "./messages/nl/people.json" with { type: "json" };
import nlProblems from "./messages/nl/problems.json" with { type: "json" };
import nlTasks from "./messages/nl/tasks.json" with { type: "json" };

export const languages = ["nl", "fr", "en"] as const satisfies readonly Language[];

const en = { ...enIssues, ...enProblems, ...enTasks, ...enDecisions, ...enPeople, ...enConnect, ...enMails };

export type MessageKey = keyof typeof en;

/** Every text of the server, in ICU message format. The languages have the same keys: a test says which one lacks what. */
export const messages: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = {
  nl: { ...nlIssues, ...nlProblems, ...nlTasks, ...nlDecisions, ...nlPeople, ...nlConnect, ...nlMails },
  fr: { ...frIssues, ...frProblems, ...frTasks, ...frDecisions, ...frPeople, ...frConnect, ...frMails },
  en,
};

export const messageKeys: readonly MessageKey[] = Object.keys(en).filter(isMessageKey);

export function isMessageKey(text: string): text is MessageKey {
  return Object.hasOwn(en, text);
}

/** The keys that begin so, in the order of the file: the steps of a task, the paragraphs of a mail. */
export function keysBelow(beginning: string): readonly MessageKey[] {
  const known = keysByBeginning.get(beginning);
  if (known !== undefined) return known;
  const keys = messageKeys.filter((key) => key.startsWith(beginning));
  keysByBeginning.set(beginning, keys);
  return keys;
}

const keysByBeginning = new Map<string, readonly MessageKey[]>();
