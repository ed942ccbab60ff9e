import type { Chance } from "./chance.ts";

/** A worker in the words of the provider's contract, as it is sent: each value may have any type. */
export type WireWorker = Record<string, unknown> & { workerId: string; wageContracts: WireContract[] };
export type WireContract = Record<string, unknown> & { contractId: string };

const firstNames = [
  "Inès",
  "Wout",
  "Noor",
  "Émile",
  "Anouk",
  "Thibaut",
  "Lotte",
  "Yasmina",
  "Bram",
  "Maëlle",
];
const lastNames = [
  "De Smedt",
  "Peeters",
  "Lambert",
  "Van den Broeck",
  "Ben Ali",
  "Claes",
  "Dubois",
  "Mertens",
];

/**
 * A new worker without any issue. The mark is part of the name, the e-mail and the number, so that a value shows whose it is
 * wherever it turns up.
 */
export function newWorker(chance: Chance, mark: string, today: string): WireWorker {
  const start = shiftDate(today, -30 - chance.below(1500));
  const contract = newContract(chance, `c-${mark}-1`, start);
  if (chance.happens(0.2)) contract["endDate"] = shiftDate(today, chance.below(60));
  return {
    workerId: `w-${chance.below(10_000).toString().padStart(4, "0")}-${mark}`,
    employeeNumber: `n${mark}`,
    firstName: chance.pick(firstNames),
    lastName: `${chance.pick(lastNames)} ${mark}`,
    email: `${mark}@firm.example`,
    language: chance.pick(["N", "F", "E", "N", "F"]),
    employmentStartDate: start,
    employmentEndDate: null,
    wageContracts: [contract],
    nationalRegisterNumber: `85.07.30-${mark}`,
    birthDate: "1985-07-30",
    addresses: [{ street: `Kerkstraat ${mark}` }],
  };
}

export function newContract(chance: Chance, contractId: string, startDate: string): WireContract {
  const hourly = chance.happens(0.4);
  const statute = hourly && chance.happens(0.4) ? "BLUE_COLLAR" : "WHITE_COLLAR";
  const hours = chance.pick(["38", "38.00", "30.4", "19", "36.5", "7.6"]);
  return {
    contractId,
    statute,
    wageType: hourly ? "HOURLY" : "MONTHLY",
    grossAmount: hourly ? amount(chance, 14, 22, 4) : amount(chance, 2100, 1500, 2),
    startDate,
    endDate: null,
    weeklyHours: hours,
    referenceWeeklyHours: "38.00",
    workRegimePercentage: chance.pick(["100.00", "80.00", "50", "20.5"]),
    employerSocialSecurityPercentage: chance.pick(["27.17", "25.00", "32.4"]),
    jointCommittee: chance.pick(["200", "124", null]),
  };
}

/** A decimal from `lowest` up to `lowest + spread`, with so many decimals. */
function amount(chance: Chance, lowest: number, spread: number, decimals: number): string {
  const scale = 10 ** decimals;
  const value = lowest * scale + chance.below(spread * scale);
  const text = String(value).padStart(decimals + 1, "0");
  return `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

/** The amount, changed by a factor of hundredths: 104 is 4 % more. */
export function scaled(amountText: string, hundredths: number): string {
  const [whole = "0", decimals = ""] = amountText.split(".");
  const units = Math.round((Number(`${whole}${decimals}`) * hundredths) / 100);
  if (decimals === "") return String(units);
  const text = String(units).padStart(decimals.length + 1, "0");
  return `${text.slice(0, -decimals.length)}.${text.slice(-decimals.length)}`;
}

/** The calendar date that many days later; earlier for a negative number. */
export function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
