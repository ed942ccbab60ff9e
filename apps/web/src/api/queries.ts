import type { EmployeeStatus } from "@payflip/contract/employees.ts";
import type { IssueStatus } from "@payflip/contract/issues.ts";
import type { Session } from "@payflip/contract/session.ts";
import type { Run } from "@payflip/contract/syncs.ts";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "./call.ts";
import { endpointQuery, keyOfQuery } from "./endpoint-query.ts";
import { everyPageQuery, pageLimit } from "./every-page.ts";
import { hasStatus } from "./problem.ts";

const liveMs = 5_000;

/** Who is signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey: keyOfQuery("readSession", {}),
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await call("readSession", {}, signal);
    } catch (error) {
      if (hasStatus(error, 401)) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

export const sessionOptionsQuery = queryOptions({
  ...endpointQuery("readSessionOptions", {}),
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
    ...endpointQuery("listEmployees", { query: { ...filter, limit: employeesPageSize } }),
    placeholderData: keepPreviousData,
  });
}

export function employeeQuery(id: string) {
  return endpointQuery("readEmployee", { params: { id } });
}

export function wageContractsQuery(employeeId: string) {
  return endpointQuery("listWageContracts", { params: { id: employeeId }, query: { limit: pageLimit } });
}

/** Every entity with why its connection is paused. It is read again now and then, since a run at night may pause it. */
export const entitiesQuery = queryOptions({
  ...everyPageQuery("listEntities", {}),
  refetchInterval: 12 * liveMs,
});

export function entityQuery(entityId: string) {
  return endpointQuery("readEntity", { params: { id: entityId } });
}

export function connectionQuery(entityId: string) {
  return queryOptions({
    ...endpointQuery("readConnection", { params: { id: entityId } }),
    // Read often while a run works or a consent is given elsewhere, seldom otherwise.
    refetchInterval: ({ state: { data } }) => {
      if (data?.currentRun) return liveMs;
      return data?.state === "consent_requested" ? 3 * liveMs : 12 * liveMs;
    },
  });
}

export const runsPageSize = 20;

export function runsQuery(entityId: string, cursor?: string) {
  return queryOptions({
    ...endpointQuery("listSyncs", { params: { id: entityId }, query: { limit: runsPageSize, cursor } }),
    placeholderData: keepPreviousData,
  });
}

export function runQuery(runId: string) {
  return queryOptions({
    ...endpointQuery("readSync", { params: { id: runId } }),
    refetchInterval: ({ state: { data } }) => (data === undefined || isOver(data) ? false : liveMs),
  });
}

export const changesPageSize = 50;

export function changesQuery(runId: string, cursor?: string) {
  return queryOptions({
    ...endpointQuery("listChanges", { params: { id: runId }, query: { limit: changesPageSize, cursor } }),
    placeholderData: keepPreviousData,
  });
}

export function issuesQuery(entityId: string, status: IssueStatus = "open") {
  return everyPageQuery("listIssues", { params: { id: entityId }, query: { status } });
}

export const customersQuery = everyPageQuery("listCustomers", {});

export function isOver(run: Run): boolean {
  return run.status === "finished" || run.status === "cancelled";
}
