/**
 * Array parameters of the large statements, written as PostgreSQL reads them: `{"a",NULL}`. The driver's own way looks at
 * every value of every column several times over; a first load spends more on that than on planning.
 */

/** For `::text[]`, and for everything that is text on the way: uuid, date, numeric. */
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
 * For `::jsonb[]` and for JSON kept as text: the values must come from `JSON.stringify`. They have no control characters, so
 * that writing them as JSON once more is just the quoting that an array wants.
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
