import type { CaseRecord, SupportCase } from "@payflip/contract/cases.ts";

export const recordFields = ["firstName", "lastName", "email", "employeeNumber", "startDate"] as const;
export type RecordField = (typeof recordFields)[number];

/** The fields that both records have and that differ. */
export function differingFields(first: CaseRecord, second: CaseRecord): RecordField[] {
  return recordFields.filter((field) => {
    const [one, other] = [first[field], second[field]];
    return one !== null && other !== null && plain(one) !== plain(other);
  });
}

/** The name in Payflip, else the name at Liantis. */
export function caseName({ from: inPayflip, to: inLiantis }: SupportCase): string {
  return [inPayflip.firstName ?? inLiantis.firstName, inPayflip.lastName ?? inLiantis.lastName]
    .filter(Boolean)
    .join(" ");
}

function plain(value: string): string {
  return value.trim().toLowerCase();
}
