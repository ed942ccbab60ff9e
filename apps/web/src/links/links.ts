import type { Link } from "@payflip/contract/links.ts";
import { useQueryClient } from "@tanstack/react-query";
import { invalidate } from "../api/endpoint-query.ts";
import { shownByRuns } from "../api/shown-by-runs.ts";

/** The name in Payflip, else the name at Liantis, else the Liantis ID. */
export function linkName({ employeeName, workerName, workerId }: Link): string {
  return employeeName ?? workerName ?? workerId ?? "";
}

/** Fetches again what shows links. */
export function useLinksChanged(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () => invalidate(queryClient, shownByRuns);
}
