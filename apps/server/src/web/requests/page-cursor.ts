import { Problem } from "../../domain/catalogue/problem.ts";

/** The place in a list after which the next page starts: the sort values of its last item. Opaque to callers. */
export function encodeCursor(sortValues: readonly string[]): string {
  return Buffer.from(JSON.stringify(sortValues), "utf8").toString("base64url");
}

/** What a sort value is: it goes into a statement, and the database must never be what refuses it. */
export type SortValue = "text" | "id" | "instant" | "count";

/** Undoes `encodeCursor`; any other text is refused. @param kinds what the sort values of this list are */
export function decodeCursor<const Kinds extends readonly SortValue[]>(
  cursor: string | undefined,
  kinds: Kinds,
): { -readonly [Position in keyof Kinds]: string } | null {
  if (cursor === undefined) return null;
  const values = parse(cursor);
  if (!Array.isArray(values) || values.length !== kinds.length) throw invalidCursor();
  const isPlace = values.every(
    (value, position) => typeof value === "string" && isOfKind(value, kinds[position] ?? "text"),
  );
  if (!isPlace) throw invalidCursor();
  return values as { -readonly [Position in keyof Kinds]: string };
}

/**
 * The page that rows make, and the cursor of the next one.
 *
 * @param rows read with one more than `limit`, which says whether another page follows
 * @param sortValuesOf the sort values of a row, in the order of the list
 */
export function pageOfRows<Row>(
  rows: readonly Row[],
  limit: number,
  sortValuesOf: (row: Row) => readonly string[],
): { shown: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { shown, nextCursor: hasMore ? encodeCursor(sortValuesOf(last)) : null };
}

function isOfKind(value: string, kind: SortValue): boolean {
  if (kind === "text") return !value.includes("\u0000");
  if (kind === "instant") return patterns.instant.test(value) && !Number.isNaN(Date.parse(value));
  return patterns[kind].test(value);
}

const patterns = {
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  count: /^\d{1,9}$/,
};

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw invalidCursor();
  }
}

function invalidCursor(): Problem {
  return new Problem("INVALID_REQUEST", {
    members: { errors: [{ path: "cursor", message: "not a cursor of this list" }] },
  });
}
