/** One field that is kept back, or would be written. */
export interface PlannedField {
  contractId: string | null;
  field: string;
  before: string | null;
  after: string | null;
}

/** `reverted`: a run about this person was undone, and the next run must not silently write the same again. */
export type PersonHoldKind = "identity_swap" | "wage" | "reverted";

/** Codes that begin with WAGE_ reveal something about a wage: only users who may see wages see them. */
export type PersonHoldCode =
  | IdentityAlarm["code"]
  | "REVERTED"
  | "WAGE_UP"
  | "WAGE_DOWN"
  | "WAGE_TYPE_FLIPPED"
  | "WAGE_REGIME_OVER"
  | "WAGE_NSSO_OUTSIDE"
  | "WAGE_CONTRACTS_GONE";

export interface PersonHoldReason {
  code: PersonHoldCode;
  params: Record<string, string>;
}

/** What a guard keeps back of one person. A rejected hold is remembered, so that the same is not asked again. */
export interface PersonHold {
  kind: PersonHoldKind;
  /** Identifies exactly what is kept back: accepting the hold lets only this through. */
  fingerprint: string;
  reasons: PersonHoldReason[];
  fields: PlannedField[];
  status: "open" | "rejected";
}

export interface HoldDecision {
  kind: PersonHoldKind;
  fingerprint: string;
  status: "open" | "accepted" | "rejected";
}

/** An acceptance that let its values through. */
export interface UsedAcceptance extends Pick<HoldDecision, "kind" | "fingerprint"> {
  workerId: string;
}

/** Two linked people swap e-mail or number, too many people of the listing change at once, or both names and the e-mail of one do. */
export interface IdentityAlarm {
  code: "EMAIL_SWAPPED" | "NUMBER_SWAPPED" | "MANY_IDENTITIES_CHANGED" | "PERSON_REPLACED";
  params: Record<string, string>;
}
