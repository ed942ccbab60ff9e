import type { FastifyRequest } from "fastify";
import { actorOf } from "../../access/principal.ts";
import { Problem } from "../../domain/catalogue/problem.ts";
import { AppError } from "../../domain/values/app-error.ts";
import { type KeyRing, seal, type SealedPlace, unseal } from "../../postgres/sealing.ts";
import { principalOf } from "../route-access.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** The keys that seal the cursors of lists. */
    cursorKeys: KeyRing;
  }
}

/** A request for a page. Its cursors fit this list of this caller's customer only. */
export type ListRequest = Pick<FastifyRequest, "principal" | "params"> & {
  routeOptions: Pick<FastifyRequest["routeOptions"], "url">;
  server: Pick<FastifyRequest["server"], "cursorKeys">;
};

/**
 * A cursor holds the sort values of the last item of a page. It is sealed, because sort values are names and addresses, and
 * cursors end up in logs and bookmarks.
 */
export function encodeCursor(request: ListRequest, sortValues: readonly string[]): string {
  const sealed = seal(request.server.cursorKeys, placeOf(request), JSON.stringify(sortValues));
  return Buffer.from(sealed, "utf8").toString("base64url");
}

/** The kind of a sort value. It is checked here, because the database would fail on a wrong one. */
export type SortValue = "text" | "id" | "instant" | "count";

/**
 * Undoes `encodeCursor`. Any other text is refused, and so is a cursor of another list or customer, or of a key that is no longer on
 * the ring.
 *
 * @param kinds what the sort values of this list are
 */
export function decodeCursor<const Kinds extends readonly SortValue[]>(
  request: ListRequest,
  cursor: string | undefined,
  kinds: Kinds,
): { -readonly [Position in keyof Kinds]: string } | null {
  if (cursor === undefined) return null;
  const values = open(request, cursor);
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
  request: ListRequest,
  rows: readonly Row[],
  limit: number,
  sortValuesOf: (row: Row) => readonly string[],
): { shown: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { shown, nextCursor: hasMore ? encodeCursor(request, sortValuesOf(last)) : null };
}

/** The customer, the list and what its path names. A caller of the platform has their own id in the place of the customer. */
function placeOf({ principal, params, routeOptions }: ListRequest): SealedPlace {
  const caller = principalOf({ principal });
  return {
    customerId: caller.customerId ?? actorOf(caller).actorId,
    table: "cursors",
    column: routeOptions.url ?? "",
    rowId: JSON.stringify(params ?? {}),
  };
}

function isOfKind(value: string, kind: SortValue): boolean {
  if (kind === "text") return !value.includes("\u0000");
  if (kind === "instant") return patterns.instant.test(value) && !Number.isNaN(Date.parse(value));
  return patterns[kind].test(value);
}

const patterns = {
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  instant: /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  count: /^\d{1,9}$/,
};

function open(request: ListRequest, cursor: string): unknown {
  try {
    const sealed = Buffer.from(cursor, "base64url").toString("utf8");
    return JSON.parse(unseal(request.server.cursorKeys, placeOf(request), sealed));
  } catch (error) {
    if (error instanceof AppError || error instanceof SyntaxError) throw invalidCursor();
    throw error;
  }
}

function invalidCursor(): Problem {
  return new Problem("INVALID_REQUEST", {
    members: { errors: [{ path: "cursor", message: "not a cursor of this list" }] },
  });
}
