import type { PlantedBug } from "./planted-bug.ts";

/** Mistakes in the rules of wages and contracts (domain/wages). */
export const wageBugs: readonly PlantedBug[] = [
  {
    name: "wipes a statute that was not sent",
    file: "apps/server/src/domain/wages/contract-merge.ts",
    text: "statute: record.statute ?? prior?.statute ?? null,",
    instead: "statute: record.statute,",
  },
  {
    name: "never opens an ended contract again",
    file: "apps/server/src/domain/wages/contract-dates.ts",
    text: "const endDate = sentEnd === undefined ? (prior?.endDate ?? null) : sentEnd;",
    instead: "const endDate = sentEnd ?? prior?.endDate ?? null;",
  },
  {
    name: "counts 4.33 weeks in a month",
    file: "apps/server/src/domain/wages/wage-conversion.ts",
    text: 'centsOf([grossAmount, weeklyHours, "13"], "3")',
    instead: 'centsOf([grossAmount, weeklyHours, "4.33"])',
  },
  {
    name: "rounds cents down",
    file: "apps/server/src/domain/values/decimal.ts",
    text: "toFixed(2, Decimal.ROUND_HALF_UP)",
    instead: "toFixed(2, Decimal.ROUND_DOWN)",
  },
  {
    name: "converts the wage of blue-collar workers",
    file: "apps/server/src/domain/wages/wage-conversion.ts",
    text: 'if (statute === "blue_collar") return { kind: "stays_hourly", grossMonthly: null };',
    instead: "",
  },
  {
    name: "ends a contract a day early",
    file: "apps/server/src/domain/wages/contract-timeline.ts",
    text: "return endDate === null || compareDates(endDate, today) >= 0;",
    instead: "return endDate === null || compareDates(endDate, today) > 0;",
  },
  {
    name: "starts a contract before its day",
    file: "apps/server/src/domain/wages/contract-timeline.ts",
    text: "if (startDate === null || compareDates(startDate, today) > 0) return false;",
    instead: "if (startDate === null) return false;",
  },
  {
    name: "takes the wage from a withdrawn contract",
    file: "apps/server/src/domain/wages/contract-timeline.ts",
    text: "contracts.filter((one) => !one.withdrawn && one.startDate !== null)",
    instead: "contracts.filter((one) => one.startDate !== null)",
  },
  {
    name: "sums the regimes past full time",
    file: "apps/server/src/domain/wages/contract-timeline.ts",
    text: 'compareDecimals(sumDecimals(regimes), "100") > 0',
    instead: 'compareDecimals(sumDecimals(regimes), "1000") > 0',
  },
  {
    name: "accepts an amount without its unit",
    file: "apps/server/src/domain/wages/contract-merge.ts",
    text: "if (grossAmount !== null && known.wageType === null) {",
    instead: "if (grossAmount !== null) {",
  },
];
