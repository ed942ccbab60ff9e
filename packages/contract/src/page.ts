import * as z from "zod/mini";

/** Most items that one page of a list may hold. */
export const pageLimitMax = 200;

/** Every id of ours: a UUID. Ids of Liantis (`workerId`, `providerContractId`) are opaque texts instead. */
export const id = z.guid();

/** A calendar date `YYYY-MM-DD`, without a time zone. */
export const calendarDate = z.iso.date();

/** An instant, RFC 3339 in UTC. */
export const instant = z.iso.datetime();

/** A decimal number as text, so that no digit is lost: `"3318.03"`. */
export const decimal = z.string().check(z.regex(/^-?\d+(\.\d+)?$/));

/** The languages of the product: Dutch, French, English. */
export const language = z.enum(["nl", "fr", "en"]);
export type Language = z.infer<typeof language>;

/** What every list takes: `cursor` is opaque and comes from `nextCursor` of the page before. */
export const pageQuery = z.object({
  limit: z._default(z.coerce.number<number>().check(z.int(), z.minimum(1), z.maximum(pageLimitMax)), 50),
  cursor: z.optional(z.string().check(z.maxLength(1000))),
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
