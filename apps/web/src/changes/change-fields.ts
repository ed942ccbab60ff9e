import type english from "../intl/messages/en.json";

/** The text of each recorded field. A field without a text is shown as it was recorded. */
export const changeFieldTexts: Readonly<Record<string, keyof typeof english>> = {
  firstName: "person.field.firstName",
  lastName: "person.field.lastName",
  email: "person.field.email",
  startDate: "person.field.startDate",
  employeeNumber: "person.field.employeeNumber",
  language: "account.language",
  link: "change.field.link",
  currentContractId: "change.field.currentContract",
  withdrawn: "change.field.withdrawn",
  statute: "change.field.statute",
  wageType: "change.field.wageType",
  grossAmount: "change.field.grossAmount",
  grossMonthly: "change.field.grossMonthly",
  endDate: "change.field.endDate",
  weeklyHours: "wages.weeklyHours",
  referenceWeeklyHours: "change.field.referenceWeeklyHours",
  workRegimePercentage: "wages.regime",
  employerSocialSecurityPercentage: "wages.employerPercentage",
  jointCommittee: "change.field.jointCommittee",
};
