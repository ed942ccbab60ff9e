import type { Undone } from "@payflip/contract/syncs.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "../api/client.ts";

/** Undoes a run for these people, or for everybody in it. */
export function useUndo(runId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (employeeIds: readonly string[] | undefined) =>
      request<Undone>("POST", `/syncs/${runId}/revert`, employeeIds === undefined ? {} : { employeeIds }),
    // Everything that shows people, runs, holds or counts may be another now.
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
