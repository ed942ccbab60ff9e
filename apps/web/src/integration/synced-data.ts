import type english from "../intl/messages/en.json";

/** What the consent covers, by the names in its receipt. A test compares the names with the server's table of synced fields. */
export const personalData = {
  firstName: "data.firstName",
  lastName: "data.lastName",
  email: "data.email",
  language: "data.language",
  startDate: "data.startDate",
  employeeNumber: "data.employeeNumber",
} as const satisfies Record<string, keyof typeof english>;

export const wageData = {
  wageType: "data.wageType",
  grossSalary: "data.gross",
  contractStartDate: "data.contractStart",
  contractEndDate: "data.contractEnd",
  workRegime: "data.regime",
  employerSocialSecurityPercentage: "data.employerPercentage",
} as const satisfies Record<string, keyof typeof english>;
