import type { Language } from "@payflip/contract/page.ts";
import type { IssueCode } from "../domain/catalogue/issue-catalogue.ts";
import { isMessageKey } from "./messages.ts";
import { type Params, render } from "./render.ts";

export interface IssueTexts {
  title: string;
  cause: string;
  remedy: string;
}

/** What the admin reads about an issue; `params.reason` chooses between causes and between remedies. */
export function renderIssue(code: IssueCode, params: Params, language: Language): IssueTexts {
  const part = (name: "cause" | "remedy") => {
    const key = `issue.${code}.${params["reason"] ?? ""}.${name}`;
    return render(isMessageKey(key) ? key : `issue.${code}.${name}`, params, language);
  };
  return {
    title: render(`issue.${code}.title`, params, language),
    cause: part("cause"),
    remedy: part("remedy"),
  };
}
