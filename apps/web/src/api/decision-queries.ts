import type { CaseStatus } from "@payflip/contract/cases.ts";
import type { Candidate } from "@payflip/contract/candidates.ts";
import type { LinkState } from "@payflip/contract/links.ts";
import type { Preview, PreviewOperation } from "@payflip/contract/previews.ts";
import type { TaskStatus } from "@payflip/contract/tasks.ts";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "./call.ts";
import { endpointQuery, keyOfQuery } from "./endpoint-query.ts";
import { everyPageQuery, pageLimit } from "./every-page.ts";

const previewMs = 1_000;

export interface Candidates {
  readonly people: readonly Candidate[];
  readonly fetchedAt: string;
}

/** The whole list to choose from: search, ranges and pasted lists then need no further call. */
export function candidatesQuery(entityId: string) {
  return queryOptions({
    queryKey: [...keyOfQuery("listCandidates", { params: { id: entityId } }), "every page"],
    queryFn: ({ signal }) => fetchCandidates(entityId, false, signal),
    staleTime: 5 * 60_000,
  });
}

/** @param isFresh makes the server fetch the list from Liantis again instead of answering the one it keeps */
export async function fetchCandidates(
  entityId: string,
  isFresh: boolean,
  signal?: AbortSignal,
): Promise<Candidates> {
  const people: Candidate[] = [];
  let cursor: string | undefined;
  let fetchedAt = "";
  do {
    const refresh = isFresh && cursor === undefined ? "true" : undefined;
    const query = { limit: pageLimit, cursor, refresh } as const;
    const page = await call("listCandidates", { params: { id: entityId }, query }, signal);
    people.push(...page.items);
    fetchedAt = page.fetchedAt;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { people, fetchedAt };
}

/** A preview with its counts and holds. It holds one person only: `operationsQuery` has the people. */
export function previewQuery(previewId: string) {
  return queryOptions({
    ...endpointQuery("readPreview", { params: { id: previewId }, query: { limit: 1 } }),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isEnded(data) ? false : previewMs),
  });
}

function isEnded({ status }: Preview): boolean {
  return status === "ready" || status === "failed";
}

export const operationsPageSize = 25;

/** @param bucket null for all people whom the preview names */
export function operationsQuery(
  previewId: string,
  bucket: PreviewOperation["bucket"] | null,
  cursor?: string,
) {
  const query = { bucket: bucket ?? undefined, limit: operationsPageSize, cursor };
  return queryOptions({
    ...endpointQuery("readPreview", { params: { id: previewId }, query }),
    select: ({ operations }) => operations,
    placeholderData: keepPreviousData,
  });
}

/** All people whom a preview names, for a file. */
export async function everyOperation(previewId: string): Promise<PreviewOperation[]> {
  const operations: PreviewOperation[] = [];
  let cursor: string | undefined;
  do {
    const page = await call("readPreview", {
      params: { id: previewId },
      query: { limit: pageLimit, cursor },
    });
    operations.push(...page.operations.items);
    cursor = page.operations.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return operations;
}

export function tasksQuery(entityId: string, status: TaskStatus) {
  return everyPageQuery("listTasks", { params: { id: entityId }, query: { status } });
}

export const linksPageSize = 50;

export interface LinkFilter {
  readonly q?: string | undefined;
  readonly state?: LinkState | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

export function linksQuery(entityId: string, { limit = linksPageSize, ...filter }: LinkFilter) {
  return queryOptions({
    ...endpointQuery("listLinks", { params: { id: entityId }, query: { ...filter, limit } }),
    placeholderData: keepPreviousData,
  });
}

export function explanationQuery(employeeId: string) {
  return endpointQuery("explainEmployee", { params: { id: employeeId } });
}

/** The thresholds of the safety checks. */
export function thresholdsQuery(entityId: string) {
  return endpointQuery("readThresholds", { params: { id: entityId } });
}

export function casesQuery(status: CaseStatus) {
  return everyPageQuery("listCases", { query: { status } });
}

export function caseQuery(caseId: string) {
  return endpointQuery("readCase", { params: { id: caseId } });
}

export const fleetQuery = everyPageQuery("listFleet", {});
