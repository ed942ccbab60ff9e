import type { ReadName } from "./endpoint-query.ts";

/** The endpoints whose answers a run may change: people, links, decisions, counts, and the connection itself. */
export const shownByRuns = [
  "readConnection",
  "listEntities",
  "listSyncs",
  "readSync",
  "listChanges",
  "listIssues",
  "listTasks",
  "listCases",
  "readCase",
  "listCandidates",
  "listLinks",
  "listEmployees",
  "readEmployee",
  "listWageContracts",
  "explainEmployee",
] as const satisfies ReadName[];
