import type { NewPreview, Preview } from "@payflip/contract/previews.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { runsQuery } from "../api/queries.ts";

/** Has the server find out what would happen; nothing is written. */
export function useStartPreview(entityId: string) {
  return useMutation({
    mutationFn: (asked: NewPreview) => call("startPreview", { params: { id: entityId }, body: asked }),
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
