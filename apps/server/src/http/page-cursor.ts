import { Problem } from "../access/problem.ts";

/** The place in a list after which the next page starts: the sort values of its last item. Opaque to callers. */
export function encodeCursor(sortValues: readonly string[]): string {
  return Buffer.from(JSON.stringify(sortValues), "utf8").toString("base64url");
}

/** Undoes `encodeCursor`; anything that is not such a place is refused. */
export function decodeCursor(cursor: string | undefined, count: number): string[] | null {
  if (cursor === undefined) return null;
  const values = parse(cursor);
  if (!Array.isArray(values) || values.length !== count || !values.every((one) => typeof one === "string")) {
    throw invalidCursor();
  }
  return values;
}

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
