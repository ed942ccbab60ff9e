import type { CallbackOutcome } from "@payflip/contract/activation.ts";
import { formatEnterpriseNumber } from "../../domain/values/enterprise-number.ts";
import type { ConsentOutcome, ConsentRefusal } from "../../liantis/consent.ts";

/** How a consent journey ended. */
export interface CallbackResult {
  outcome: CallbackOutcome;
  /** INTERNAL: the reference that support asks for. */
  reference?: string;
  /** CONSENT_FOR_OTHER_COMPANY: the number that was asked for, in the usual notation. */
  enterpriseNumber?: string;
  /** CONSENT_FOR_OTHER_COMPANY: the number that was granted. */
  grantedNumber?: string;
}

export interface CallbackEnd extends CallbackResult {
  /** Where the browser is sent: the app, or the last page of a connect link. */
  destination: "app" | "link";
  /** Null when the state belongs to another browser, which must not learn whose it is. */
  entityId: string | null;
}

export type Grant = Extract<ConsentOutcome, { kind: "granted" }>;

/** Checks the answer of Liantis. The company comes before the role: a role at another company means nothing here. */
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

/** A number in a form that we do not know is shown as Liantis sent it. */
function formatted(number: string): string {
  return /^[01]\d{9}$/.test(number) ? formatEnterpriseNumber(number) : number.replaceAll(/[^\w.-]/g, "");
}
