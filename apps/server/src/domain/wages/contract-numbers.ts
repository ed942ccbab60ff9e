import {
  contractFields,
  type DecimalLimits,
  type NumberField,
  numberFields,
} from "../records/synced-fields.ts";
import type { WorkerContract } from "../records/worker.ts";
import { canonicalDecimal, compareDecimals } from "../values/decimal.ts";

/** The numbers of a contract as sent; null where nothing usable was. */
export type ContractNumbers = Record<NumberField, string | null>;

/** Reads the numbers of a contract record. `unreadable` names those that were sent but cannot be a value of their field. */
export function readNumbers(record: WorkerContract): {
  sent: ContractNumbers;
  unreadable: NumberField[];
} {
  const sent = { ...noNumbers };
  const unreadable: NumberField[] = [];
  for (const field of numberFields) {
    const text = record[field];
    if (text === null) continue;
    const { limits } = contractFields[field];
    const value = canonicalDecimal(text, { scaleMax: limits.decimalsMax });
    if (value !== null && isWithin(value, limits)) sent[field] = value;
    else unreadable.push(field);
  }
  return { sent, unreadable };
}

const noNumbers = Object.fromEntries(numberFields.map((field) => [field, null])) as ContractNumbers;

function isWithin(value: string, { min, max }: DecimalLimits): boolean {
  return compareDecimals(value, min) >= 0 && compareDecimals(value, max) <= 0;
}

/** The number that was sent, in the stored spelling when it is the same number; the stored one when none was sent. */
export function keepNumber(sent: string | null, prior: string | null | undefined): string | null {
  const known = prior ?? null;
  if (sent === null || (known !== null && compareDecimals(sent, known) === 0)) return known;
  return sent;
}
