import type { EndpointName, Endpoints } from "@payflip/contract/endpoints.ts";
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { type Arguments, call } from "./call.ts";

/** The endpoints that only read: their answers are kept and shown again. */
export type ReadName = {
  [Name in EndpointName]: Endpoints[Name]["method"] extends "GET" ? Name : never;
}[EndpointName];

/** The query of an endpoint that reads. Its key is the name, the parameters of the path and the query. */
export function endpointQuery<Name extends ReadName>(name: Name, args: Arguments<Name>) {
  return queryOptions({
    queryKey: keyOfQuery(name, args),
    queryFn: ({ signal }) => call(name, args, signal),
  });
}

export function keyOfQuery<Name extends ReadName>(name: Name, args: Arguments<Name>) {
  const { params = {}, query = {} } = args as { params?: object; query?: object };
  return [name, params, query] as const;
}

/** Whether a key of the cache belongs to this endpoint. */
export function isQueryOf(name: ReadName, queryKey: readonly unknown[]): boolean {
  return queryKey[0] === name;
}

/**
 * Fetches again what is on the screen of these endpoints' answers, and forgets the rest of them.
 *
 * @param params only the answers about these parameters of the path
 */
export async function invalidate<Name extends ReadName>(
  queryClient: QueryClient,
  names: Name | readonly Name[],
  params?: Arguments<Name> extends { readonly params: infer Params } ? Params : never,
): Promise<void> {
  const all = typeof names === "string" ? [names] : names;
  await Promise.all(
    all.map((name) =>
      queryClient.invalidateQueries({ queryKey: params === undefined ? [name] : [name, params] }),
    ),
  );
}
