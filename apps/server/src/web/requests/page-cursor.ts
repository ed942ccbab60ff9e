import { Problem } from "../../domain/catalogue/problem.ts";

/** The place in a list after which the next page starts: the sort values of its last item. Opaque to callers. */
export function encodeCursor(sortValues: readonly string[]): string {
  return Buffer.from(JSON.stringify(sortValues), "utf8").toString("base64url");
}

/** What a sort value is: it goes into a statement, and the database must never be what refuses it. */
export type SortValue = "text" | "id" | "instant" | "count";

/** Undoes `encodeCursor`; anything that is not such a place is refused. @param kinds what the sort values of this list are */
export function decodeCursor(cursor: string | undefined, kinds: readonly SortValue[]): string[] | null {
  if (cursor === undefined) return null;
  const values = parse(cursor);
  if (!Array.isArray(values) || values.length !== kinds.length) throw invalidCursor();
  return values.map((value: unknown, position) => {
    if (typeof value === "string" && isOfKind(value, kinds[position] ?? "text")) return value;
    throw invalidCursor();
  });
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
