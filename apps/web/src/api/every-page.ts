import type { Page } from "@payflip/contract/page.ts";
import { queryOptions } from "@tanstack/react-query";
import { type Answer, type Arguments, call } from "./call.ts";
import { keyOfQuery, type ReadName } from "./endpoint-query.ts";

/** The endpoints that answer a list in pages. */
export type ListName = {
  [Name in ReadName]: Answer<Name> extends Page<unknown> ? Name : never;
}[ReadName];
export type ItemOf<Name extends ListName> = Answer<Name> extends Page<infer Item> ? Item : never;

/** Most items that the API puts on a page. */
export const pageLimit = 200;

/** The whole list, page by page: for lists that are short by nature or that are exported whole. */
export async function everyPage<Name extends ListName>(
  name: Name,
  args: Arguments<Name>,
  signal?: AbortSignal,
): Promise<ItemOf<Name>[]> {
  const items: ItemOf<Name>[] = [];
  const { query, ...rest } = args as { query?: object };
  let cursor: string | undefined;
  do {
    const ofPage = { ...rest, query: { ...query, limit: pageLimit, cursor } } as Arguments<Name>;
    const page = (await call(name, ofPage, signal)) as Page<ItemOf<Name>>;
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

/** The query of a whole list. `invalidate` reaches it by the name of its endpoint. */
export function everyPageQuery<Name extends ListName>(name: Name, args: Arguments<Name>) {
  return queryOptions({
    queryKey: [...keyOfQuery(name, args), "every page"] as const,
    queryFn: ({ signal }) => everyPage(name, args, signal),
  });
}
