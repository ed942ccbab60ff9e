/** A field of a form. `key` is its name in the partner API. */
export interface FormField {
  readonly key: string;
  readonly label: string;
  readonly type: "text" | "date" | "email";
  /** The values to choose from, each with its label; free text if absent. */
  readonly options?: readonly (readonly [string, string])[];
}

export const WORKER_FIELDS: readonly FormField[] = [
  { key: "firstName", label: "First name", type: "text" },
  { key: "lastName", label: "Last name", type: "text" },
  // Not of type email: MyLiantis accepts malformed addresses too.
  { key: "email", label: "E-mail address", type: "text" },
  {
    key: "language",
    label: "Language",
    type: "text",
    options: [
      ["N", "Dutch"],
      ["F", "French"],
      ["D", "German"],
      ["E", "English"],
    ],
  },
  { key: "employeeNumber", label: "Employee number", type: "text" },
  { key: "employmentStartDate", label: "Employment start date", type: "date" },
  { key: "employmentEndDate", label: "Employment end date", type: "date" },
];

export const CONTRACT_FIELDS: readonly FormField[] = [
  {
    key: "statute",
    label: "Statute",
    type: "text",
    options: [
      ["WHITE_COLLAR", "White-collar"],
      ["BLUE_COLLAR", "Blue-collar"],
    ],
  },
  {
    key: "wageType",
    label: "Wage type",
    type: "text",
    options: [
      ["HOURLY", "Hourly"],
      ["MONTHLY", "Monthly"],
    ],
  },
  { key: "grossAmount", label: "Gross amount (EUR)", type: "text" },
  { key: "startDate", label: "Contract start date", type: "date" },
  { key: "endDate", label: "Contract end date", type: "date" },
  { key: "weeklyHours", label: "Hours per week", type: "text" },
  { key: "referenceWeeklyHours", label: "Full-time hours per week", type: "text" },
  { key: "workRegimePercentage", label: "Work regime (%)", type: "text" },
  { key: "employerSocialSecurityPercentage", label: "Employer social security (%)", type: "text" },
  { key: "jointCommittee", label: "Joint committee", type: "text" },
];

/** The values of a sent form; a blank one is null. */
export function formValues(fields: readonly FormField[], form: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    fields.map(({ key }) => {
      const text = form[key]?.trim() ?? "";
      return [key, text === "" ? null : text];
    }),
  );
}
