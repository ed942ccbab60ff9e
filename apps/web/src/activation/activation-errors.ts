/** How an activation can fail, before Liantis, at Liantis or on the way back. */
export const activationErrors = [
  "VAT_MISSING",
  "VAT_INVALID",
  "COMPANY_NOT_FOUND",
  "ENTITY_ALREADY_CONNECTED",
  "NOT_AVAILABLE",
  "NUMBER_NOT_CONFIRMED",
  "LIANTIS_UNAVAILABLE",
  "CONSENT_CANCELLED",
  "CONSENT_NOT_MAIN_USER",
  "CONSENT_STATE_MISMATCH",
  "CONSENT_FOR_OTHER_COMPANY",
  "INTERNAL",
] as const;
export type ActivationErrorCode = (typeof activationErrors)[number];

/** What solves it. */
export type Fix = "company_details" | "try_again" | "hand_off" | "ask";

export const fixes: Readonly<Record<ActivationErrorCode, Fix>> = {
  VAT_MISSING: "company_details",
  VAT_INVALID: "company_details",
  COMPANY_NOT_FOUND: "company_details",
  ENTITY_ALREADY_CONNECTED: "ask",
  NOT_AVAILABLE: "ask",
  NUMBER_NOT_CONFIRMED: "ask",
  LIANTIS_UNAVAILABLE: "try_again",
  CONSENT_CANCELLED: "try_again",
  CONSENT_NOT_MAIN_USER: "hand_off",
  CONSENT_STATE_MISMATCH: "try_again",
  CONSENT_FOR_OTHER_COMPANY: "try_again",
  INTERNAL: "try_again",
};

/** An unknown code counts as an internal error. */
export function activationErrorOf(code: string | undefined): ActivationErrorCode {
  return activationErrors.find((known) => known === code) ?? "INTERNAL";
}

/** Whether the error is about the VAT number, so that the page shows the number in Company details. */
export function isAboutNumber(code: ActivationErrorCode): boolean {
  return [
    "VAT_MISSING",
    "VAT_INVALID",
    "COMPANY_NOT_FOUND",
    "CONSENT_FOR_OTHER_COMPANY",
    "NUMBER_NOT_CONFIRMED",
  ].includes(code);
}
