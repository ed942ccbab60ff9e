/** What the consent covers, as the receipt keeps it: the two categories of the integration, item by item. */
export const dataCategories: readonly string[] = [
  "firstName",
  "lastName",
  "email",
  "language",
  "startDate",
  "employeeNumber",
  "wageType",
  "grossSalary",
  "contractStartDate",
  "contractEndDate",
  "workRegime",
  "employerSocialSecurityPercentage",
];

/** Goes up whenever the texts of the connect page or of the consent screen change what is agreed to. */
export const consentTextVersion = "2026-11-1";
