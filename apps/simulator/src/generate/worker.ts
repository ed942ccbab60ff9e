import { addDays } from "../state/calendar.ts";
import { generateContracts } from "./contracts.ts";
import { generateEmployment } from "./employment.ts";
import { FIRST_NAMES, foldToAscii, LAST_NAMES, STREETS, TOWNS } from "./names.ts";
import { createRandom, hashOf, type Random } from "./random.ts";

/** The input for generating an employer's workers. It is stored instead of the workers themselves. */
export interface GeneratorSettings {
  readonly seed: string;
  readonly workers: number;
  /** Share of people without an e-mail address, 0 to 1. */
  readonly missingEmailShare: number;
  /** The day for which the data is generated. */
  readonly asOf: string;
  readonly mailDomain: string;
}

const LANGUAGES = [
  ["N", 60],
  ["F", 29],
  ["E", 8],
  ["D", 3],
] as const;

/** Worker `index` (from 0), as Liantis sends it; the same settings and index give the same worker. */
export function generateWorker(settings: GeneratorSettings, index: number): Record<string, unknown> {
  const workerId = generatedWorkerId(index);
  const random = createRandom(settings.seed, index, "worker");
  const employment = generateEmployment(settings.seed, index, settings.asOf);
  const name = inventName(settings.seed, index);
  return {
    workerId,
    employeeNumber: String(1_001 + index),
    firstName: name.firstName,
    lastName: name.lastName,
    email: emailOf(settings, index, name),
    language: random.weighted(LANGUAGES),
    employmentStartDate: employment.startDate,
    employmentEndDate: employment.endDate,
    wageContracts: generateContracts(random, workerId, employment, settings.asOf),
    ...inventPrivateLife(random, settings.asOf),
  };
}

/** Ids sort in the order of their index. */
export function generatedWorkerId(index: number): string {
  return `W${String(index + 1).padStart(7, "0")}`;
}

/** The index of a generated id, or null for any other id. */
export function generatedIndexOf(workerId: string): number | null {
  const digits = /^W(\d{7})$/.exec(workerId)?.[1];
  return digits === undefined ? null : Number(digits) - 1;
}

interface InventedName {
  readonly firstName: string;
  readonly lastName: string;
  readonly round: number;
}

/** Uses every pair of names once before it repeats one, in an order that depends on the seed. */
function inventName(seed: string, index: number): InventedName {
  const pairs = FIRST_NAMES.length * LAST_NAMES.length;
  const start = hashOf(seed) % pairs;
  // 1_613 is prime and no divisor of the list sizes, so the steps reach every pair.
  const position = (start + index * 1_613) % pairs;
  return {
    firstName: FIRST_NAMES[position % FIRST_NAMES.length] ?? FIRST_NAMES[0],
    lastName: LAST_NAMES[Math.floor(position / FIRST_NAMES.length)] ?? LAST_NAMES[0],
    round: Math.floor(index / pairs),
  };
}

function emailOf(settings: GeneratorSettings, index: number, name: InventedName): string | null {
  const { seed, workers, missingEmailShare } = settings;
  const atLeastOne = workers >= 20 && missingEmailShare > 0 && hashOf(`${seed} without`) % workers === index;
  if (atLeastOne) return null;
  const random = createRandom(seed, index, "email");
  if (random.chance(missingEmailShare)) return random.chance(0.3) ? "" : null;
  const suffix = name.round === 0 ? "" : String(name.round + 1);
  return `${foldToAscii(name.firstName, "-")}.${foldToAscii(name.lastName, "-")}${suffix}@${settings.mailDomain}`;
}

/** Private fields that Liantis sends although the product does not need them: it must drop them. */
function inventPrivateLife(random: Random, asOf: string): Record<string, unknown> {
  const birthDate = addDays(asOf, -random.between(19 * 365, 63 * 365));
  const [postalCode, town] = random.pick(TOWNS);
  return {
    // No real number has the check digits 00.
    nationalRegisterNumber: `${birthDate.slice(2).replaceAll("-", "")}${random.between(100, 990)}00`,
    birthDate,
    gender: random.pick(["F", "M", "X"]),
    maritalStatus: random.pick(["SINGLE", "MARRIED", "COHABITING", "DIVORCED"]),
    nationalities: [
      random.weighted([
        ["BE", 85],
        ["FR", 6],
        ["NL", 5],
        ["PL", 4],
      ] as const),
    ],
    addresses: [
      {
        street: random.pick(STREETS),
        number: String(random.between(1, 240)),
        postalCode,
        town,
        country: "BE",
      },
    ],
    phoneNumbers: [`+32 470 00 ${random.between(10, 99)} ${random.between(10, 99)}`],
  };
}
