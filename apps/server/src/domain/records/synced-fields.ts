/**
 * The fields that a sync keeps the same as in Liantis: the only place that lists them. Every other list is derived from this
 * table, or a test compares it with this table. docs/decisions/0018-one-table-of-synced-fields.md says how to add a field.
 */

/** What holds for every field, of a person and of a wage contract. */
interface FieldRules {
  kind: "text" | "language" | "statute" | "wage_type" | "date" | "decimal";
  /** Of a text or a code, in characters: a longer one is a defect. */
  lengthMax?: number;
  /** Of a decimal: a number outside of these is a slip, not a value. */
  limits?: DecimalLimits;
  /** Of a code: where the record keeps what was sent when it is none of our codes. */
  unknownCodeKey?: "languageUnsupported" | "wageTypeUnknown";
  /** `derived`: Liantis does not send it, we calculate it from fields that it sends. */
  origin: "sent" | "derived";
  /** What null says: that nothing usable was sent, so that the stored value stays; or that there is no end. */
  blank: "keeps_stored" | "is_a_value";
  /**
   * The bit of the field in `links.filled`, for the guard that notices when a field empties. The bits are stored: a field keeps
   * its bit, and the bit of a field that is gone is never used again. null: the field is not watched.
   */
  watchedBit: number | null;
  /** Whether the employee or wage contract of our API has it. */
  isShown: boolean;
  /** The category of data in the consent. */
  data: "personal" | "wage";
  /** What a consent receipt calls it. null: the consent does not name it. */
  consentItem: string | null;
  /** Its label is the message `field.<label>`: what a guard, a hold and the consent page call it. */
  label: string;
}

interface PersonFieldRules extends FieldRules {
  /** When a run writes it to the employee. */
  written: "by_every_run" | "at_creation" | "never";
  /** An employee always has it. */
  isRequired: boolean;
  /** Managed in Liantis: a linked person's cannot be changed by hand. */
  isLocked: boolean;
}

export interface DecimalLimits {
  min: string;
  max: string;
  decimalsMax: number;
}

const sent = { origin: "sent", blank: "keeps_stored" } as const;
const ofPerson = {
  ...sent,
  written: "by_every_run",
  isLocked: true,
  isShown: true,
  data: "personal",
} as const;
const ofContract = { ...sent, isShown: true, data: "wage" } as const;

/** Hours and percentages are ratios (Q / S × 100): 22 hours of 38 have no last decimal. */
const ratioDecimalsMax = 12;
const hours = { min: "0", max: "168", decimalsMax: ratioDecimalsMax } as const;

/** In the order in which changes are listed. */
export const personFields = withNames({
  firstName: {
    ...ofPerson,
    kind: "text",
    lengthMax: 200,
    isRequired: true,
    watchedBit: 0,
    consentItem: "firstName",
    label: "firstName",
  },
  lastName: {
    ...ofPerson,
    kind: "text",
    lengthMax: 200,
    isRequired: true,
    watchedBit: 1,
    consentItem: "lastName",
    label: "lastName",
  },
  /** In lower case. Whether it is an address is for planning to judge. */
  email: {
    ...ofPerson,
    kind: "text",
    lengthMax: 320,
    isRequired: true,
    watchedBit: 2,
    consentItem: "email",
    label: "email",
  },
  /** The user's own choice once the employee is there: free to change, and no later run writes it. */
  language: {
    ...ofPerson,
    kind: "language",
    lengthMax: 32,
    unknownCodeKey: "languageUnsupported",
    written: "at_creation",
    isRequired: true,
    isLocked: false,
    watchedBit: 3,
    consentItem: "language",
    label: "language",
  },
  startDate: {
    ...ofPerson,
    kind: "date",
    isRequired: true,
    watchedBit: 4,
    consentItem: "startDate",
    label: "startDate",
  },
  employeeNumber: {
    ...ofPerson,
    kind: "text",
    lengthMax: 64,
    isRequired: false,
    watchedBit: 5,
    consentItem: "employeeNumber",
    label: "employeeNumber",
  },
  /** Read for leaver tasks only: end dates are not synchronised. */
  employmentEndDate: {
    ...ofPerson,
    kind: "date",
    blank: "is_a_value",
    written: "never",
    isRequired: false,
    isLocked: false,
    isShown: false,
    watchedBit: null,
    consentItem: null,
    label: "employmentEndDate",
  },
} as const satisfies Record<string, PersonFieldRules>);

/** In the order in which changes are listed. */
export const contractFields = withNames({
  statute: {
    ...ofContract,
    kind: "statute",
    lengthMax: 64,
    isShown: false,
    watchedBit: 7,
    consentItem: null,
    label: "statute",
  },
  wageType: {
    ...ofContract,
    kind: "wage_type",
    lengthMax: 64,
    unknownCodeKey: "wageTypeUnknown",
    watchedBit: 8,
    consentItem: "wageType",
    label: "wageType",
  },
  /** EUR per hour or per month, for the person's own regime. */
  grossAmount: {
    ...ofContract,
    kind: "decimal",
    limits: { min: "-999999999", max: "999999999", decimalsMax: 4 },
    watchedBit: 9,
    consentItem: "grossSalary",
    label: "grossAmount",
  },
  /** EUR a month with exactly 2 decimals, or null when there is no monthly wage. */
  grossMonthly: {
    ...ofContract,
    kind: "decimal",
    origin: "derived",
    watchedBit: null,
    consentItem: null,
    label: "grossMonthly",
  },
  startDate: {
    ...ofContract,
    kind: "date",
    watchedBit: 10,
    consentItem: "contractStartDate",
    label: "contractStartDate",
  },
  /** The last day, inclusive. */
  endDate: {
    ...ofContract,
    kind: "date",
    blank: "is_a_value",
    watchedBit: null,
    consentItem: "contractEndDate",
    label: "contractEndDate",
  },
  /** Q: the contractual hours a week. */
  weeklyHours: {
    ...ofContract,
    kind: "decimal",
    limits: hours,
    watchedBit: 11,
    consentItem: null,
    label: "weeklyHours",
  },
  /** S: a full-timer's hours a week. */
  referenceWeeklyHours: {
    ...ofContract,
    kind: "decimal",
    limits: hours,
    isShown: false,
    watchedBit: null,
    consentItem: null,
    label: "referenceWeeklyHours",
  },
  /** Percent, `"80.00"`. The limits are wide: a far-out percentage has to hold the wage, not to be ignored. */
  workRegimePercentage: {
    ...ofContract,
    kind: "decimal",
    limits: { min: "0", max: "1000000000", decimalsMax: ratioDecimalsMax },
    watchedBit: 12,
    consentItem: "workRegime",
    label: "workRegimePercentage",
  },
  /** Percent, `"27.17"`. */
  employerSocialSecurityPercentage: {
    ...ofContract,
    kind: "decimal",
    limits: { min: "-1000000000", max: "1000000000", decimalsMax: ratioDecimalsMax },
    watchedBit: 13,
    consentItem: "employerSocialSecurityPercentage",
    label: "employerSocialSecurityPercentage",
  },
  jointCommittee: {
    ...ofContract,
    kind: "text",
    lengthMax: 32,
    isShown: false,
    watchedBit: null,
    consentItem: null,
    label: "jointCommittee",
  },
} as const satisfies Record<string, FieldRules>);

/** The bit in `links.filled` that says that the person has wage contracts at all. */
export const contractListBit = 6;

export type PersonField = keyof typeof personFields;
export type ContractField = keyof typeof contractFields;
type PersonRules = (typeof personFields)[PersonField];
type ContractRules = (typeof contractFields)[ContractField];

/** What an employee has. */
export type StoredPersonField = Exclude<PersonRules, { written: "never" }>["name"];
/** What every run writes to an employee. */
export type UpdatedPersonField = Extract<PersonRules, { written: "by_every_run" }>["name"];
/** What an employee may lack. */
export type OptionalPersonField = Extract<
  Exclude<PersonRules, { written: "never" }>,
  { isRequired: false }
>["name"];
/** What Liantis sends of a wage contract. */
export type SentContractField = Extract<ContractRules, { origin: "sent" }>["name"];
/** The numbers that Liantis sends of a wage contract. */
export type NumberField = Extract<ContractRules, { origin: "sent"; kind: "decimal" }>["name"];
export type FieldLabel = PersonRules["label"] | ContractRules["label"];

const personRules: readonly PersonRules[] = Object.values(personFields);
const contractRules: readonly ContractRules[] = Object.values(contractFields);

export const personFieldNames: readonly PersonField[] = personRules.map((field) => field.name);
export const contractFieldNames: readonly ContractField[] = contractRules.map((field) => field.name);

export const storedPersonFields: readonly StoredPersonField[] = personRules.flatMap((field) =>
  field.written === "never" ? [] : [field.name],
);
/** In the employee of our API. */
export const shownPersonFields: readonly StoredPersonField[] = personRules.flatMap((field) =>
  field.written !== "never" && field.isShown ? [field.name] : [],
);
/** In the wage contract of our API. */
export const shownContractFields: readonly ContractField[] = contractRules.flatMap((field) =>
  field.isShown ? [field.name] : [],
);
export const optionalPersonFields: readonly OptionalPersonField[] = personRules.flatMap((field) =>
  field.written === "never" || field.isRequired ? [] : [field.name],
);
export const updatedPersonFields: readonly UpdatedPersonField[] = personRules.flatMap((field) =>
  field.written === "by_every_run" ? [field.name] : [],
);
export const sentContractFields: readonly SentContractField[] = contractRules.flatMap((field) =>
  field.origin === "sent" ? [field.name] : [],
);
export const numberFields: readonly NumberField[] = contractRules.flatMap((field) =>
  field.origin === "sent" && field.kind === "decimal" ? [field.name] : [],
);

/** Every field of a person as if nothing usable was sent. */
export const nothingSent = Object.fromEntries(personFieldNames.map((field) => [field, null])) as Record<
  PersonField,
  null
>;

/** The fields that an employee may lack, all of them lacking. */
export const noOptionalValues = Object.fromEntries(
  optionalPersonFields.map((field) => [field, null]),
) as Record<OptionalPersonField, null>;

/** What cannot be changed by hand of a person who is managed in Liantis; `wageContracts` is all of their wage contracts. */
export const lockedFields: readonly string[] = [
  ...personRules.filter((field) => field.isLocked).map((field) => field.name),
  "wageContracts",
];

/** Whether a change may leave the field empty: a blank that is a value, or a result of other fields. */
export function mayBecomeBlank(field: string): boolean {
  return [...personRules, ...contractRules].some(
    ({ name, blank, origin }) => name === field && (blank === "is_a_value" || origin === "derived"),
  );
}

export function isPersonField(field: string): field is PersonField {
  return Object.hasOwn(personFields, field);
}

export function isUpdatedPersonField(field: string): field is UpdatedPersonField {
  return isPersonField(field) && personFields[field].written === "by_every_run";
}

export function isContractField(field: string): field is ContractField {
  return Object.hasOwn(contractFields, field);
}

/** A field that the consent names. */
export interface ConsentField {
  /** What the receipt calls it. */
  item: string;
  label: FieldLabel;
}

/** The fields that a consent covers, by category, in the order of the table. */
export function consentFields(data: FieldRules["data"]): ConsentField[] {
  return [...personRules, ...contractRules].flatMap(({ data: category, consentItem: item, label }) =>
    category === data && item !== null ? [{ item, label }] : [],
  );
}

/** A field, or the list of contracts, of which a run counts for how many people it is filled. */
export interface WatchedField {
  /** What a hold calls it. */
  name: FieldLabel | "wageContracts";
  bit: number;
}

/** In the order of the bits. */
export const watchedFields: readonly WatchedField[] = [
  ...[...personRules, ...contractRules].flatMap(({ label, watchedBit }) =>
    watchedBit === null ? [] : [{ name: label, bit: watchedBit }],
  ),
  { name: "wageContracts" as const, bit: contractListBit },
].toSorted((one, other) => one.bit - other.bit);

function withNames<Rules extends object>(
  table: Rules,
): { [Name in keyof Rules]: Rules[Name] & { name: Name } } {
  const named = Object.entries(table).map(([name, rules]: [string, object]) => [name, { name, ...rules }]);
  return Object.fromEntries(named) as { [Name in keyof Rules]: Rules[Name] & { name: Name } };
}
