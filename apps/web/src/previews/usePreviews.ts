import type { NewPreview, Preview } from "@payflip/contract/previews.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { runsQuery } from "../api/queries.ts";

/** Starts a preview; nothing is written to employees. */
export function useStartPreview(entityId: string) {
  return useMutation({
    mutationFn: (asked: NewPreview) => call("startPreview", { params: { id: entityId }, body: asked }),
  });
}

/**
 * The preview that replaced this one: the run that was to apply this one found other data and applied nothing.
 * Undefined while this one is the newest.
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
