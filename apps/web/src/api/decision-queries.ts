import type { SupportCase, CaseStatus } from "@payflip/contract/cases.ts";
import type { Candidate, CandidatePage } from "@payflip/contract/candidates.ts";
import type { Explanation } from "@payflip/contract/explanation.ts";
import type { FleetConnection } from "@payflip/contract/fleet.ts";
import type { Link, LinkState } from "@payflip/contract/links.ts";
import type { Page } from "@payflip/contract/page.ts";
import type { Preview, PreviewOperation } from "@payflip/contract/previews.ts";
import type { Task, TaskStatus } from "@payflip/contract/tasks.ts";
import type { Thresholds } from "@payflip/contract/thresholds.ts";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { query, request } from "./client.ts";
import { everyPage } from "./queries.ts";

const previewMs = 1_000;
const pageLimit = 200;

export interface Candidates {
  readonly people: readonly Candidate[];
  readonly fetchedAt: string;
}

/** Everybody there is to choose from, whole: search, ranges and pasted lists then need no further call. */
export function candidatesQuery(entityId: string) {
  return queryOptions({
    queryKey: ["candidates", entityId],
    queryFn: ({ signal }) => fetchCandidates(entityId, false, signal),
    staleTime: 5 * 60_000,
  });
}

/** @param isFresh has Liantis asked again instead of taking the list that is kept */
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
    const page = await request<CandidatePage>(
      "GET",
      `/entities/${entityId}/liantis/candidates${query({ limit: pageLimit, cursor, refresh })}`,
      undefined,
      signal,
    );
    people.push(...page.items);
    fetchedAt = page.fetchedAt;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { people, fetchedAt };
}

/** A preview with its counts and holds; of its people the first page only, they have a query of their own. */
export function previewQuery(previewId: string) {
  return queryOptions({
    queryKey: ["preview", previewId],
    queryFn: ({ signal }) => request<Preview>("GET", `/previews/${previewId}?limit=1`, undefined, signal),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isEnded(data) ? false : previewMs),
  });
}

function isEnded({ status }: Preview): boolean {
  return status === "ready" || status === "failed";
}

export const operationsPageSize = 25;

/** @param bucket null for everybody whom the preview names */
export function operationsQuery(
  previewId: string,
  bucket: PreviewOperation["bucket"] | null,
  cursor?: string,
) {
  return queryOptions({
    queryKey: ["preview", previewId, "operations", bucket, cursor ?? ""],
    queryFn: async ({ signal }): Promise<Page<PreviewOperation>> => {
      const search = query({ bucket: bucket ?? undefined, limit: operationsPageSize, cursor });
      const { operations } = await request<Preview>(
        "GET",
        `/previews/${previewId}${search}`,
        undefined,
        signal,
      );
      return operations;
    },
    placeholderData: keepPreviousData,
  });
}

/** What a preview says of everybody it names, for a file. */
export async function everyOperation(previewId: string): Promise<PreviewOperation[]> {
  const operations: PreviewOperation[] = [];
  let cursor: string | undefined;
  do {
    const search = query({ limit: pageLimit, cursor });
    const preview = await request<Preview>("GET", `/previews/${previewId}${search}`);
    operations.push(...preview.operations.items);
    cursor = preview.operations.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return operations;
}

export function tasksQuery(entityId: string, status: TaskStatus) {
  return queryOptions({
    queryKey: ["tasks", entityId, status],
    queryFn: ({ signal }) => everyPage<Task>(`/entities/${entityId}/tasks?status=${status}`, signal),
  });
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
    queryKey: ["links", entityId, { ...filter, limit }],
    queryFn: ({ signal }) =>
      request<Page<Link>>(
        "GET",
        `/entities/${entityId}/liantis/links${query({ ...filter, limit })}`,
        undefined,
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

export function explanationQuery(employeeId: string) {
  return queryOptions({
    queryKey: ["explanation", employeeId],
    queryFn: ({ signal }) =>
      request<Explanation>("GET", `/employees/${employeeId}/liantis`, undefined, signal),
  });
}

/** The limits of the safety checks. */
export function thresholdsQuery(entityId: string) {
  return queryOptions({
    queryKey: ["thresholds", entityId],
    queryFn: ({ signal }) =>
      request<Thresholds>("GET", `/entities/${entityId}/liantis/thresholds`, undefined, signal),
  });
}

export function casesQuery(status: CaseStatus) {
  return queryOptions({
    queryKey: ["cases", status],
    queryFn: ({ signal }) => everyPage<SupportCase>(`/cases?status=${status}`, signal),
  });
}

export function caseQuery(caseId: string) {
  return queryOptions({
    queryKey: ["cases", "one", caseId],
    queryFn: ({ signal }) => request<SupportCase>("GET", `/cases/${caseId}`, undefined, signal),
  });
}

export const fleetQuery = queryOptions({
  queryKey: ["fleet"],
  queryFn: ({ signal }) => everyPage<FleetConnection>("/fleet", signal),
});
