import type { Language } from "@payflip/contract/page.ts";
import type { RaisedTaskKind } from "../domain/catalogue/task-catalogue.ts";
import { isMessageKey, keysBelow } from "./messages.ts";
import { type Params, render } from "./render.ts";

/** What the admin reads of a task; `params.reason` chooses between texts. The steps are in the order in which they are done. */
export function renderTask(
  kind: RaisedTaskKind,
  params: Params,
  language: Language,
): { title: string; text: string; steps: string[] } {
  const textKey = `task.${kind}.${params["reason"] ?? ""}.text`;
  return {
    title: render(`task.${kind}.title`, params, language),
    text: render(isMessageKey(textKey) ? textKey : `task.${kind}.text`, params, language),
    steps: keysBelow(`task.${kind}.step`).map((key) => render(key, params, language)),
  };
}
