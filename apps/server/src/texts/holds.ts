import type { Language } from "@payflip/contract/page.ts";
import { holdCatalogue, isHoldCode } from "../domain/catalogue/hold-catalogue.ts";
import { isMessageKey } from "./messages.ts";
import { type Params, render } from "./render.ts";

/**
 * Why a run, a person or a wage was held, in one sentence with its numbers. Where the contract may not be named, or has no start
 * date, the sentence names the limits alone. Null for a code that this version does not know.
 */
export function renderHoldReason(code: string, params: Params, language: Language): string | null {
  if (!isHoldCode(code)) return null;
  const isComplete = Object.keys(holdCatalogue[code]).every((name) => (params[name] ?? "") !== "");
  const limitsOnly = `hold.${code}.limitsOnly`;
  return render(!isComplete && isMessageKey(limitsOnly) ? limitsOnly : `hold.${code}`, params, language);
}
