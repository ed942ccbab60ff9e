import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../api/call.ts";
import { invalidate } from "../api/endpoint-query.ts";
import { shownByRuns } from "../api/shown-by-runs.ts";

/** Undoes a run for these people, or for everyone when none are given. */
export function useUndo(runId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (employeeIds: readonly string[] | undefined) =>
      call("undoSync", {
        params: { id: runId },
        body: employeeIds === undefined ? {} : { employeeIds: [...employeeIds] },
      }),
    onSuccess: () => invalidate(queryClient, shownByRuns),
  });
}
