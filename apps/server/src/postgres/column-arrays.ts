/**
 * Array parameters of the large statements, in the form that PostgreSQL reads: `{"a",NULL}`. The driver's own conversion looks at
 * each value several times; a first load would spend more on that than on planning.
 */

/** For `::text[]`, and for types that are sent as text: uuid, date, numeric. */
export function textArray(values: readonly (string | null)[]): string {
  let text = "{";
  for (const value of values) {
    if (text.length > 1) text += ",";
    text += value === null ? "NULL" : `"${hasQuote.test(value) ? value.replaceAll(quotes, "\\$&") : value}"`;
  }
  return `${text}}`;
}

/** For `::int[]` and `::boolean[]`. */
export function plainArray(values: readonly (number | boolean)[]): string {
  return `{${values.join(",")}}`;
}

/**
 * For `::jsonb[]` and `::json[]`: the values must come from `JSON.stringify`. They have no control characters, so writing them as
 * JSON once more is exactly the quoting of an array.
 */
export function jsonArray(values: readonly string[]): string {
  return `{${values.map((value) => JSON.stringify(value)).join(",")}}`;
}

/** For `::bytea[]`. */
export function bytesArray(values: readonly Buffer[]): string {
  return `{${values.map((value) => `"\\\\x${value.toString("hex")}"`).join(",")}}`;
}

const hasQuote = /["\\]/;
const quotes = /["\\]/g;
