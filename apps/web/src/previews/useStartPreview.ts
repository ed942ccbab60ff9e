import type { NewPreview, PreviewStarted } from "@payflip/contract/previews.ts";
import { useMutation } from "@tanstack/react-query";
import { request } from "../api/client.ts";

/** Has the server find out what would happen; nothing is written. */
export function useStartPreview(entityId: string) {
  return useMutation({
    mutationFn: (asked: NewPreview) =>
      request<PreviewStarted>("POST", `/entities/${entityId}/liantis/previews`, asked),
  });
}
