import { Decimal } from "decimal.js";

/** Enough digits that no product or quotient of nine-digit amounts is rounded on the way. */
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

const decimalPattern = /^([+-]?)(\d+)(?:\.(\d+))?$/;
const integerDigitsMax = 9;
/** An amount that is already rounded to the cent. */
const centsPattern = /^(0|[1-9]\d*)\.\d{2}$/;

/**
 * A decimal as we keep it: `-` only before something other than zero, no leading zeros, no decimals beyond `scaleMax`.
 * Zeros within the scale stay as sent (`"80.00"`), so that what Liantis sent can be shown as it was.
 *
 * Null when the text is no plain decimal, holds more than 9 digits before the point, or would lose digits.
 */
export function canonicalDecimal(text: string, options: { scaleMax: number }): string | null {
  const match = decimalPattern.exec(text.trim());
  if (match === null) return null;
  const [, sign, whole = "", decimals = ""] = match;
  const integer = whole.replace(/^0+(?=\d)/, "");
  if (integer.length > integerDigitsMax) return null;
  const kept = decimals.slice(0, options.scaleMax);
  if (/[1-9]/.test(decimals.slice(options.scaleMax))) return null;
  const magnitude = kept === "" ? integer : `${integer}.${kept}`;
  return sign === "-" && /[1-9]/.test(magnitude) ? `-${magnitude}` : magnitude;
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`; `"80"` equals `"80.00"`. */
export function compareDecimals(a: string, b: string): number {
  if (a === b) return 0;
  // Planning makes a dozen comparisons for every contract. IEEE 754 keeps the order of decimals of up to 15 digits, so only
  // longer ones need exact arithmetic.
  if (a.length <= comparableLengthMax && b.length <= comparableLengthMax)
    return Math.sign(Number(a) - Number(b)) || 0;
  return new Exact(a).comparedTo(new Exact(b));
}

const comparableLengthMax = 15;

/** The exact product of decimal strings, without superfluous zeros. */
export function productOf(factors: readonly string[]): string {
  return factors.reduce((result, factor) => result.times(factor), new Exact(1)).toFixed();
}

/** The exact sum of decimal strings, without superfluous zeros. */
export function sumDecimals(values: readonly string[]): string {
  return values.reduce((sum, value) => sum.plus(value), new Exact(0)).toFixed();
}

/**
 * Multiplies exactly, divides once and rounds half up to the cent once, at the end. Half up is away from zero.
 * @returns EUR with exactly 2 decimals
 */
export function centsOf(factors: readonly string[], divisor = "1"): string {
  const [only = ""] = factors;
  if (factors.length === 1 && divisor === "1" && centsPattern.test(only)) return only;
  const product = factors.reduce((result, factor) => result.times(factor), new Exact(1));
  const cents = product.div(divisor).toFixed(2, Decimal.ROUND_HALF_UP);
  return /[1-9]/.test(cents) ? cents : "0.00";
}
