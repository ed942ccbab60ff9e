import type { Connection } from "@payflip/contract/connection.ts";
import type { Customer } from "@payflip/contract/customers.ts";
import type { Employee, EmployeeDetail, EmployeeStatus } from "@payflip/contract/employees.ts";
import type { Entity, ListedEntity } from "@payflip/contract/entities.ts";
import type { Issue, IssueStatus } from "@payflip/contract/issues.ts";
import type { Page } from "@payflip/contract/page.ts";
import type { Session, SessionOptions } from "@payflip/contract/session.ts";
import type { Change, Run } from "@payflip/contract/syncs.ts";
import type { WageContract } from "@payflip/contract/wage-contracts.ts";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { query, request } from "./client.ts";
import { hasStatus } from "./problem.ts";

const liveMs = 5_000;

/** Who is signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await request<Session>("GET", "/session", undefined, signal);
    } catch (error) {
      if (hasStatus(error, 401)) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

export const sessionOptionsQuery = queryOptions({
  queryKey: ["session-options"],
  queryFn: ({ signal }) => request<SessionOptions>("GET", "/session/options", undefined, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export interface EmployeeFilter {
  readonly entityId?: string | undefined;
  readonly q?: string | undefined;
  readonly status?: EmployeeStatus | undefined;
  readonly cursor?: string | undefined;
}
export const employeesPageSize = 50;

export function employeesQuery(filter: EmployeeFilter) {
  return queryOptions({
    queryKey: ["employees", filter],
    queryFn: ({ signal }) =>
      request<Page<Employee>>(
        "GET",
        `/employees${query({ ...filter, limit: employeesPageSize })}`,
        undefined,
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

export function employeeQuery(id: string) {
  return queryOptions({
    queryKey: ["employee", id],
    queryFn: ({ signal }) => request<EmployeeDetail>("GET", `/employees/${id}`, undefined, signal),
  });
}

export function wageContractsQuery(employeeId: string) {
  return queryOptions({
    queryKey: ["employee", employeeId, "wage-contracts"],
    queryFn: ({ signal }) =>
      request<Page<WageContract>>(
        "GET",
        `/employees/${employeeId}/wage-contracts?limit=200`,
        undefined,
        signal,
      ),
  });
}

/** Every entity with why its connection rests: looked at now and then, for a pause may come from a run of the night. */
export const entitiesQuery = queryOptions({
  queryKey: ["entities"],
  queryFn: ({ signal }) => everyPage<ListedEntity>("/entities", signal),
  refetchInterval: 12 * liveMs,
});

export function entityQuery(entityId: string) {
  return queryOptions({
    queryKey: ["entities", entityId],
    queryFn: ({ signal }) => request<Entity>("GET", `/entities/${entityId}`, undefined, signal),
  });
}

export function connectionQuery(entityId: string) {
  return queryOptions({
    queryKey: ["connection", entityId],
    queryFn: ({ signal }) => request<Connection>("GET", `/entities/${entityId}/liantis`, undefined, signal),
    // A running sync, a consent given elsewhere: what is awaited is looked at often, what rests seldom.
    refetchInterval: ({ state: { data } }) => {
      if (data?.currentRun) return liveMs;
      return data?.state === "consent_requested" ? 3 * liveMs : 12 * liveMs;
    },
  });
}

export const runsPageSize = 20;

export function runsQuery(entityId: string, cursor?: string) {
  return queryOptions({
    queryKey: ["runs", entityId, cursor ?? ""],
    queryFn: ({ signal }) =>
      request<Page<Run>>(
        "GET",
        `/entities/${entityId}/liantis/syncs${query({ limit: runsPageSize, cursor })}`,
        undefined,
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

export function runQuery(runId: string) {
  return queryOptions({
    queryKey: ["run", runId],
    queryFn: ({ signal }) => request<Run>("GET", `/syncs/${runId}`, undefined, signal),
    refetchInterval: ({ state: { data } }) => (data === undefined || isOver(data) ? false : liveMs),
  });
}

export const changesPageSize = 50;

export function changesQuery(runId: string, cursor?: string) {
  return queryOptions({
    queryKey: ["changes", runId, cursor ?? ""],
    queryFn: ({ signal }) =>
      request<Page<Change>>(
        "GET",
        `/syncs/${runId}/changes${query({ limit: changesPageSize, cursor })}`,
        undefined,
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

export function issuesQuery(entityId: string, status: IssueStatus = "open") {
  return queryOptions({
    queryKey: ["issues", entityId, status],
    queryFn: ({ signal }) => everyPage<Issue>(`/entities/${entityId}/issues?status=${status}`, signal),
  });
}

export const customersQuery = queryOptions({
  queryKey: ["customers"],
  queryFn: ({ signal }) => everyPage<Customer>("/customers", signal),
});

export function isOver(run: Run): boolean {
  return run.status === "finished" || run.status === "cancelled";
}

/** Follows the cursor to the end: for lists that are short by nature or that are exported whole. */
export async function everyPage<Item>(path: string, signal?: AbortSignal): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await request<Page<Item>>(
      "GET",
      `${path}${path.includes("?") ? "&" : "?"}${query({ limit: 200, cursor }).slice(1)}`,
      undefined,
      signal,
    );
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}
