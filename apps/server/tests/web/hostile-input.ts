import * as z from "zod/mini";

/** The draws of a seeded source; the same seed gives the same requests. */
export interface Draws {
  below(limit: number): number;
  pick<T>(values: readonly T[]): T;
  happens(probability: number): boolean;
}

/** Values that no schema should have to trust: wrong types, extreme numbers and dates, broken texts, deep structures. */
export const hostileValues: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  -0.1,
  "",
  " ",
  "x".repeat(5000),
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff tail",
  "𝄞é\u202e\ufeff",
  "%00%ff%",
  "'; drop table employees; --",
  "\\",
  "{}",
  "__proto__",
  "constructor",
  "NaN",
  "-Infinity",
  "0000-01-01",
  "0001-01-01",
  "9999-12-31",
  "2026-02-30",
  "10000-01-01",
  "0000-01-01T00:00:00.000Z",
  "2026-11-23T10:00:00Z",
  "-3000.00",
  "9".repeat(13),
  "9".repeat(50),
  "9".repeat(20_000),
  `0.${"9".repeat(20_000)}`,
  "1e400",
  "00000000-0000-0000-0000-000000000000",
  "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
  [],
  [null],
  {},
  { a: { b: { c: {} } } },
];

/** Deeper than any parser's stack, as text: building it as a value would already overflow. */
export const deepJson = `${"[".repeat(60_000)}${"]".repeat(60_000)}`;

interface JsonSchema {
  type?: string | string[];
  anyOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  allOf?: { pattern?: string }[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

/** A value that mostly fits a schema of the contract; each part of it may be hostile. */
export function valueFor(schema: z.ZodMiniType, draws: Draws, ids: readonly string[]): unknown {
  return draw(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema, draws, ids);
}

const hostileShare = 0.07;

function draw(schema: JsonSchema, draws: Draws, ids: readonly string[]): unknown {
  if (draws.happens(hostileShare)) return draws.pick(hostileValues);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return draws.pick(schema.enum);
  if (schema.anyOf !== undefined) return draw(draws.pick(schema.anyOf), draws, ids);
  const type = Array.isArray(schema.type) ? draws.pick(schema.type) : schema.type;
  if (type === "object") return drawObject(schema, draws, ids);
  if (type === "array")
    return Array.from({ length: draws.below(4) }, () => draw(schema.items ?? {}, draws, ids));
  if (type === "string") return drawText(schema, draws, ids);
  if (type === "number" || type === "integer") return drawNumber(schema, draws);
  if (type === "boolean") return draws.happens(0.5);
  return type === "null" ? null : draws.pick(hostileValues);
}

function drawObject({ properties = {}, required = [] }: JsonSchema, draws: Draws, ids: readonly string[]) {
  const entries = Object.entries(properties)
    .filter(([name]) => (required.includes(name) ? !draws.happens(0.05) : draws.happens(0.6)))
    .map(([name, schema]) => [name, draw(schema, draws, ids)] as const);
  const more = draws.happens(0.05) ? [["surprise", draws.pick(hostileValues)] as const] : [];
  return Object.fromEntries([...entries, ...more]);
}

function drawNumber({ minimum = 0, maximum = 300 }: JsonSchema, draws: Draws): number {
  return minimum + draws.below(Math.min(maximum - minimum, 1000) + 1);
}

const texts = ["An", "Peeters", "w-1", "c1", "BE 0403.019.261", "example.be", "Same person", "ü", "0"];

function drawText(schema: JsonSchema, draws: Draws, ids: readonly string[]): string {
  const { format, maxLength } = schema;
  if (format === "uuid" || /0-9a-fA-F/.test(schema.pattern ?? "")) return draws.pick(ids);
  if (format === "date") return draws.pick(["1900-01-01", "2024-02-29", "2026-11-23", "2100-12-31"]);
  if (format === "email") return `${draws.below(1_000_000)}@people.example`;
  if (schema.pattern?.includes(String.raw`\d`))
    return draws.pick(["0", "38", "3318.03", "100.000001", "999"]);
  return maxLength !== undefined && draws.happens(0.1) ? "é".repeat(maxLength) : draws.pick(texts);
}
