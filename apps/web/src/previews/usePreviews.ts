import type { NewPreview, Preview, PreviewStarted } from "@payflip/contract/previews.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { request } from "../api/client.ts";
import { runsQuery } from "../api/queries.ts";

/** Has the server find out what would happen; nothing is written. */
export function useStartPreview(entityId: string) {
  return useMutation({
    mutationFn: (asked: NewPreview) =>
      request<PreviewStarted>("POST", `/entities/${entityId}/liantis/previews`, asked),
  });
}

/**
 * The preview that took the place of this one: it was confirmed, and the run that was to carry it out found something else
 * and applied nothing. Undefined while this one is the newest.
 */
export function useOvertaking(entityId: string, preview: Preview | undefined): string | undefined {
  const { data: runs } = useQuery({
    ...runsQuery(entityId),
    enabled: preview !== undefined,
    refetchOnMount: "always",
  });
  const newest = runs?.items[0];
  if (preview === undefined || !newest?.previewId || newest.previewId === preview.id) return undefined;
  return (newest.startedAt ?? "") > preview.createdAt ? newest.previewId : undefined;
}
