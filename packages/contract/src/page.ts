import * as z from "zod/mini";

/** Most items that one page of a list may hold. */
export const pageLimitMax = 200;

/**
 * Every id of ours: a UUID, accepted in upper case and answered in lower case. Ids of Liantis (`workerId`, `providerContractId`)
 * are opaque texts instead.
 */
export const id = z.guid().check(z.toLowerCase());

/** There is no year 0 in our calendar, nor in PostgreSQL's. */
const afterYearZero = z.regex(/^(?!0000)/);

/** A calendar date `YYYY-MM-DD`, without a time zone. */
export const calendarDate = z.iso.date().check(afterYearZero);

/** A date that a caller enters: from 1900 to 2100. */
export const enteredDate = z.iso.date().check(z.regex(/^(?:19|20|2100)/));

/** An instant, RFC 3339 in UTC. */
export const instant = z.iso.datetime().check(afterYearZero);

/** A decimal number as text, so that no digit is lost: `"3318.03"`. */
export const decimal = z.string().check(z.regex(/^-?\d+(\.\d+)?$/));

/** An amount in euros that a caller enters: not negative, below a thousand million. */
export const enteredAmount = z.string().check(z.regex(/^\d{1,9}(\.\d{1,6})?$/));

/** Hours a week that a caller enters: at most those of a whole week. */
export const enteredWeeklyHours = z
  .string()
  .check(z.regex(/^(?:(?:\d{1,2}|1[0-5]\d|16[0-7])(\.\d{1,6})?|168)$/));

/** A percentage that a caller enters, in percents: below 1000. */
export const enteredPercentage = z.string().check(z.regex(/^\d{1,3}(\.\d{1,6})?$/));

/** The languages of the product: Dutch, French, English. */
export const language = z.enum(["nl", "fr", "en"]);
export type Language = z.infer<typeof language>;

/** What every list takes: `cursor` is opaque and comes from `nextCursor` of the page before. Any other parameter is refused. */
export const pageQuery = z.strictObject({
  limit: z._default(z.coerce.number<number>().check(z.int(), z.minimum(1), z.maximum(pageLimitMax)), 50),
  cursor: z.optional(z.string().check(z.maxLength(8000))),
});
export type PageQuery = z.infer<typeof pageQuery>;

/** A list as it is answered: `nextCursor` is null on the last page, `total` counts the items of all pages. */
export function pageOf<Item extends z.ZodMiniType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.nullable(z.string()), total: z.int() });
}

/** The type that goes with `pageOf`. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  total: number;
}

/** Path parameters of everything that is addressed by one id. */
export const idParams = z.object({ id });

/** An id of a worker in a path or a body: Liantis chooses it. */
export const workerId = z.string().check(z.minLength(1), z.maxLength(64));

/** The workers of a large employer, by id. */
export const workerIds = z.array(workerId).check(z.maxLength(100_000));
