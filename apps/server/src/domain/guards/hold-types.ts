/** One field that is kept back, or would be written. */
export interface PlannedField {
  contractId: string | null;
  field: string;
  before: string | null;
  after: string | null;
}

/** `reverted`: a run about this person was undone, and the next run must not silently write the same again. */
export type PersonHoldKind = "identity_swap" | "wage" | "reverted";

/** Codes that begin with WAGE_ say something of a wage, and say it only to whoever may see wages. */
export type PersonHoldCode =
  | IdentityAlarm["code"]
  | "REVERTED"
  | "WAGE_UP"
  | "WAGE_DOWN"
  | "WAGE_TYPE_FLIPPED"
  | "WAGE_REGIME_OVER"
  | "WAGE_NSSO_OUTSIDE"
  | "WAGE_CONTRACTS_GONE";

export interface HoldReason {
  code: PersonHoldCode;
  params: Record<string, string>;
}

/** What a guard keeps back of one person. A rejected one is remembered: the same is not asked again. */
export interface PersonHold {
  kind: PersonHoldKind;
  /** What exactly is kept back: accepting it lets just this through. */
  fingerprint: string;
  reasons: HoldReason[];
  fields: PlannedField[];
  status: "open" | "rejected";
}

export interface HoldDecision {
  kind: PersonHoldKind;
  fingerprint: string;
  status: "open" | "accepted" | "rejected";
}

/** An acceptance that has done its work. */
export interface UsedAcceptance extends Pick<HoldDecision, "kind" | "fingerprint"> {
  workerId: string;
}

/** This person's address or number goes to another linked person, too many of the listing change at once, or all of this one does. */
export interface IdentityAlarm {
  code: "EMAIL_SWAPPED" | "NUMBER_SWAPPED" | "MANY_IDENTITIES_CHANGED" | "PERSON_REPLACED";
  params: Record<string, string>;
}
