import type { RaisedTaskKind, TaskPlace } from "./task-entry.ts";
import { taskTexts } from "./task-texts.ts";
import { fillTemplate, type Texts } from "./text-template.ts";
import type { Language } from "../records/worker.ts";

/** How long before the end of a contract without a following one somebody is told, in days. */
export const contractEndingDays = 14;

export function isRaisedTaskKind(text: string): text is RaisedTaskKind {
  return Object.hasOwn(taskTexts, text);
}

/** What the admin reads of a task. A parameter that is missing is said to be not filled in. */
export function renderTask(
  kind: RaisedTaskKind,
  params: Readonly<Record<string, string>>,
  language: Language,
): { title: string; text: string; steps: string[] } {
  const entry = taskTexts[kind];
  const say = (texts: Texts) => fillTemplate(texts, params, language);
  return {
    title: say(entry.title),
    text: say(variantOf(kind, params) ?? entry.text),
    steps: entry.steps.map(say),
  };
}

export function taskPlace(kind: RaisedTaskKind): TaskPlace {
  return taskTexts[kind].place;
}

function variantOf(kind: RaisedTaskKind, params: Readonly<Record<string, string>>): Texts | undefined {
  const { variants } = taskTexts[kind];
  const reason = params["reason"] ?? "";
  return variants !== undefined && Object.hasOwn(variants, reason) ? variants[reason] : undefined;
}
