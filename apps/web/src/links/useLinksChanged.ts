import { useQueryClient } from "@tanstack/react-query";

const touched = ["links", "connection", "employees", "employee", "explanation", "issues", "tasks", "runs"];

/** Has everything asked again that shows who is linked. */
export function useLinksChanged(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () => Promise.all(touched.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
}
