import type { ProblemEntry, ProblemVariant } from "./problem-entry.ts";
import { activationProblems } from "./problem-texts-activation.ts";
import { requestProblems } from "./problem-texts-request.ts";
import { fillTemplate } from "./text-template.ts";
import type { Language } from "../records/worker.ts";

export type ProblemCode = keyof typeof activationProblems | keyof typeof requestProblems;

/** Every refusal that the API gives, with its HTTP status and what whoever asked can do about it. */
export const problemCatalogue: Readonly<Record<ProblemCode, ProblemEntry>> = {
  ...activationProblems,
  ...requestProblems,
};

type Params = Readonly<Record<string, string>>;

/**
 * What a refusal says. `params.reason` chooses between wordings (VAT_INVALID: the reason of `readEnterpriseNumber`),
 * and `params.hint`, where the code knows it, adds a sentence to the detail.
 */
export function renderProblem(
  code: ProblemCode,
  params: Params,
  language: Language,
): { status: number; title: string; detail: string; remedy: string } {
  const entry = problemCatalogue[code];
  const variant = variantOf(entry, params);
  const hint = hintOf(entry, params);
  const detail = fillTemplate(variant.detail ?? entry.detail, params, language);
  return {
    status: entry.status,
    title: fillTemplate(entry.title, params, language),
    detail: hint === null ? detail : `${detail} ${fillTemplate(hint, params, language)}`,
    remedy: fillTemplate(variant.remedy ?? entry.remedy, params, language),
  };
}

export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(problemCatalogue, text);
}

function variantOf(entry: ProblemEntry, params: Params): ProblemVariant {
  const reason = params["reason"] ?? "";
  if (entry.variants === undefined || !Object.hasOwn(entry.variants, reason)) return {};
  return entry.variants[reason] ?? {};
}

function hintOf(entry: ProblemEntry, params: Params): ProblemEntry["detail"] | null {
  const hint = params["hint"] ?? "";
  if (entry.hints === undefined || !Object.hasOwn(entry.hints, hint)) return null;
  return entry.hints[hint] ?? null;
}
