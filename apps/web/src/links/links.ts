import type { Link } from "@payflip/contract/links.ts";
import { useQueryClient } from "@tanstack/react-query";
import { invalidate } from "../api/endpoint-query.ts";
import { shownByRuns } from "../api/shown-by-runs.ts";

/** Who a line is about: the person in Payflip, else what is known of the one at Liantis. */
export function linkName({ employeeName, workerName, workerId }: Link): string {
  return employeeName ?? workerName ?? workerId ?? "";
}

/** Fetches again what shows links. */
export function useLinksChanged(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () => invalidate(queryClient, shownByRuns);
}
