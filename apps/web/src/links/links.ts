import type { Link } from "@payflip/contract/links.ts";
import { useQueryClient } from "@tanstack/react-query";

/** Who a line is about: the person in Payflip, else what is known of the one at Liantis. */
export function linkName({ employeeName, workerName, workerId }: Link): string {
  return employeeName ?? workerName ?? workerId ?? "";
}

const touched = ["links", "connection", "employees", "employee", "explanation", "issues", "tasks", "runs"];

/** Has everything asked again that shows who is linked. */
export function useLinksChanged(): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () => Promise.all(touched.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
}
