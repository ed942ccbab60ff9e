import type { CallbackOutcome } from "@payflip/contract/activation.ts";
import { formatEnterpriseNumber } from "../../domain/values/enterprise-number.ts";
import type { ConsentOutcome, ConsentRefusal } from "../../liantis/consent.ts";

/** How a way to Liantis and back ended. */
export interface CallbackResult {
  outcome: CallbackOutcome;
  /** INTERNAL: what support asks for. */
  reference?: string;
  /** CONSENT_FOR_OTHER_COMPANY: the number that was asked for and the one that was granted, as people write them. */
  enterpriseNumber?: string;
  grantedNumber?: string;
}

/** Where the browser goes: the app, or the last page of a connect link. */
export interface CallbackEnd extends CallbackResult {
  to: "app" | "link";
  /** Null when the browser may not know whose state it brought. */
  entityId: string | null;
}

export type Grant = Extract<ConsentOutcome, { kind: "granted" }>;

/** What Liantis' answer is worth. The company is judged before the role: who signs for another company has no role here. */
export function judgeOutcome(
  answer: ConsentOutcome,
  askedNumber: string,
): { kind: "grant"; grant: Grant } | { kind: "ended"; result: CallbackResult } {
  if (answer.kind === "refused") return ended({ outcome: outcomeOfRefusal[answer.refusal] });
  if (answer.enterpriseNumber !== askedNumber) {
    return ended({
      outcome: "CONSENT_FOR_OTHER_COMPANY",
      enterpriseNumber: formatEnterpriseNumber(askedNumber),
      grantedNumber: formatted(answer.enterpriseNumber),
    });
  }
  if (!answer.isMainUser) return ended({ outcome: "CONSENT_NOT_MAIN_USER" });
  return { kind: "grant", grant: answer };
}

const outcomeOfRefusal: Record<ConsentRefusal, CallbackOutcome> = {
  cancelled: "CONSENT_CANCELLED",
  not_a_main_user: "CONSENT_NOT_MAIN_USER",
  company_unknown: "COMPANY_NOT_FOUND",
  trouble: "INTERNAL",
};

function ended(result: CallbackResult): { kind: "ended"; result: CallbackResult } {
  return { kind: "ended", result };
}

/** Liantis may grant for a number of a form that we do not know; it is shown as it came. */
function formatted(number: string): string {
  return /^[01]\d{9}$/.test(number) ? formatEnterpriseNumber(number) : number.replaceAll(/[^\w.-]/g, "");
}
