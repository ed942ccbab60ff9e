import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { candidatesQuery, fetchCandidates } from "../api/decision-queries.ts";

/** The list to choose from, and a mutation that fetches it from Liantis again. */
export function useCandidates(entityId: string) {
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(candidatesQuery(entityId));
  const refresh = useMutation({
    mutationFn: () => fetchCandidates(entityId, true),
    onSuccess: (fresh) => queryClient.setQueryData(candidatesQuery(entityId).queryKey, fresh),
  });
  return { data, error, refetch, refresh };
}
