import { mayBecomeBlank } from "../records/synced-fields.ts";

/** What a run is about to do, in numbers: gathered over the staged records before the first write. */
export interface RunAggregates {
  /** Distinct people in the listing (in selective mode also those who were not chosen). */
  listedPeople: number;
  /** People of the connection who are linked to an employee. */
  linkedPeople: number;
  /** Linked people who are not listed, but were at the last accepted run. */
  newlyAbsentPeople: number;
  /** How often each synchronised field is filled, over the linked people who were listed then and are listed now. */
  coverage: CoverageFigure[];
}

export interface CoverageFigure {
  /** Our name of the field. A contract end is not watched: blank is a value there. */
  field: string;
  /** The same people, then and now. */
  people: number;
  filledBefore: number;
  filledNow: number;
}

export interface GuardThresholds {
  /** So many may be newly absent, whatever the size of the firm … */
  absentMax: number;
  /** … or this percentage of the linked people, whichever is more. */
  absentPercentMax: number;
  /** A field that fewer people had, in percent, is not watched. */
  coverageBeforePercentMin: number;
  coverageDropPointsMax: number;
  /** When fewer people lose a field, it is not held. */
  coverageDropPeopleMin: number;
  /** When so many people, and this percentage of the linked ones, change name or e-mail at once, each of them is held. */
  identityPeopleMin: number;
  identityPercentMax: number;
  /** A wage that becomes this many times as high, or as low, is held. */
  wageFactorMax: number;
  /** Percent of full time; up to it, over 100 is a warning. */
  regimePercentMax: number;
  /** Percent of the gross. */
  nssoPercentMax: number;
}

export const defaultThresholds: GuardThresholds = {
  absentMax: 2,
  absentPercentMax: 20,
  coverageBeforePercentMin: 90,
  coverageDropPointsMax: 20,
  coverageDropPeopleMin: 3,
  identityPeopleMin: 3,
  identityPercentMax: 30,
  wageFactorMax: 1.5,
  regimePercentMax: 110,
  nssoPercentMax: 60,
};

export type GuardReason =
  | { code: "NOBODY_LISTED"; params: { linked: string } }
  | { code: "ALL_LINKED_ABSENT"; params: { absent: string; linked: string } }
  | { code: "MANY_ABSENT"; params: { absent: string; linked: string; percent: string; allowed: string } }
  | {
      code: "FIELD_EMPTIED";
      params: { field: string; people: string; filledBefore: string; filledNow: string; dropPoints: string };
    };

export interface ListingHold {
  kind: "source_looks_wrong";
  reasons: GuardReason[];
}

export type GuardVerdict = { kind: "pass" } | { kind: "hold"; holds: [ListingHold] };

/**
 * Whether the source looks wrong: then the whole run is held before its first write.
 *
 * An empty listing always holds. So does a listing of other people without any of the linked ones, from two linked people on:
 * that is another firm's listing, or a filter, not a wave of leavers.
 */
export function guardRun(
  aggregates: RunAggregates,
  thresholds: GuardThresholds = defaultThresholds,
): GuardVerdict {
  const reasons = [...absenceReasons(aggregates, thresholds), ...coverageReasons(aggregates, thresholds)];
  if (reasons.length === 0) return { kind: "pass" };
  return { kind: "hold", holds: [{ kind: "source_looks_wrong", reasons }] };
}

function absenceReasons(aggregates: RunAggregates, thresholds: GuardThresholds): GuardReason[] {
  const { listedPeople, linkedPeople, newlyAbsentPeople } = aggregates;
  if (linkedPeople === 0) return [];
  const linked = String(linkedPeople);
  if (listedPeople === 0) return [{ code: "NOBODY_LISTED", params: { linked } }];
  const absent = String(newlyAbsentPeople);
  // Percentages are compared as products of whole numbers: 20 % of 15 is 3 sharp.
  const isMany =
    newlyAbsentPeople > thresholds.absentMax &&
    newlyAbsentPeople * 100 > thresholds.absentPercentMax * linkedPeople;
  if (newlyAbsentPeople >= linkedPeople && linkedPeople > 1) {
    return [{ code: "ALL_LINKED_ABSENT", params: { absent, linked } }];
  }
  if (!isMany) return [];
  const percent = String(Math.round((newlyAbsentPeople * 100) / linkedPeople));
  const share = Math.floor((thresholds.absentPercentMax * linkedPeople) / 100);
  const allowed = String(Math.max(thresholds.absentMax, share));
  return [{ code: "MANY_ABSENT", params: { absent, linked, percent, allowed } }];
}

function coverageReasons(aggregates: RunAggregates, thresholds: GuardThresholds): GuardReason[] {
  return aggregates.coverage.filter((one) => isEmptied(one, thresholds)).map(fieldEmptied);
}

function isEmptied(coverage: CoverageFigure, thresholds: GuardThresholds): boolean {
  const { field, people, filledBefore, filledNow } = coverage;
  if (mayBecomeBlank(field) || people === 0) return false;
  const lost = filledBefore - filledNow;
  return (
    filledBefore * 100 >= thresholds.coverageBeforePercentMin * people &&
    lost >= thresholds.coverageDropPeopleMin &&
    lost * 100 > thresholds.coverageDropPointsMax * people
  );
}

function fieldEmptied(coverage: CoverageFigure): GuardReason {
  const { field, people, filledBefore, filledNow } = coverage;
  const dropPoints = String(Math.round(((filledBefore - filledNow) * 100) / people));
  return {
    code: "FIELD_EMPTIED",
    params: {
      field,
      people: String(people),
      filledBefore: String(filledBefore),
      filledNow: String(filledNow),
      dropPoints,
    },
  };
}
