import { createRandom } from "./random.ts";

const PATTERN = /^[01]\d{9}$/;

/**
 * True for a Belgian enterprise number: ten digits beginning with 0 or 1 whose last two are
 * 97 minus the first eight modulo 97 (Royal Decree of 24 June 2003).
 */
export function isEnterpriseNumber(value: string): boolean {
  return PATTERN.test(value) && checkDigits(value.slice(0, 8)) === value.slice(8);
}

/** An invented enterprise number with correct check digits; the same labels give the same number. */
export function inventEnterpriseNumber(...labels: readonly (string | number)[]): string {
  // Numbers from 19… are far above those of real companies.
  const base = `1${createRandom("enterprise", ...labels).between(9_000_000, 9_999_999)}`;
  return base + checkDigits(base);
}

function checkDigits(base: string): string {
  return String(97 - (Number(base) % 97)).padStart(2, "0");
}
