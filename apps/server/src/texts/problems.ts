import type { Language } from "@payflip/contract/page.ts";
import { problemCatalogue, type ProblemCode } from "../domain/catalogue/problem-catalogue.ts";
import { isMessageKey } from "./messages.ts";
import { type Params, render } from "./render.ts";

export interface ProblemTexts {
  status: number;
  title: string;
  detail: string;
  remedy: string;
}

/**
 * What a refusal says. `params.reason` chooses between details (VAT_INVALID: the reason of `readEnterpriseNumber`), and
 * `params.hint`, where the code knows it, adds a sentence to the detail.
 */
export function renderProblem(code: ProblemCode, params: Params, language: Language): ProblemTexts {
  const detailKey = `problem.${code}.${params["reason"] ?? ""}.detail`;
  const hintKey = `problem.${code}.${params["hint"] ?? ""}.hint`;
  const detail = render(isMessageKey(detailKey) ? detailKey : `problem.${code}.detail`, params, language);
  return {
    status: problemCatalogue[code].status,
    title: render(`problem.${code}.title`, params, language),
    detail: isMessageKey(hintKey) ? `${detail} ${render(hintKey, params, language)}` : detail,
    remedy: render(`problem.${code}.remedy`, params, language),
  };
}
