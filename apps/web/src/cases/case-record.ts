import type { CaseRecord, SupportCase } from "@payflip/contract/cases.ts";

export const recordFields = ["firstName", "lastName", "email", "employeeNumber", "startDate"] as const;
export type RecordField = (typeof recordFields)[number];

/** What the two records do not say alike; what one of them leaves out is no contradiction. */
export function differingFields(from: CaseRecord, to: CaseRecord): RecordField[] {
  return recordFields.filter((field) => {
    const [before, after] = [from[field], to[field]];
    return before !== null && after !== null && plain(before) !== plain(after);
  });
}

/** The person as Payflip knows them, else as Liantis does. */
export function caseName({ from, to }: SupportCase): string {
  return [from.firstName ?? to.firstName, from.lastName ?? to.lastName].filter(Boolean).join(" ");
}

function plain(value: string): string {
  return value.trim().toLowerCase();
}
