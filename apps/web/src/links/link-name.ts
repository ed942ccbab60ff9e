import type { Link } from "@payflip/contract/links.ts";

/** Who a line is about: the person in Payflip, else what is known of the one at Liantis. */
export function linkName({ employeeName, workerName, workerId }: Link): string {
  return employeeName ?? workerName ?? workerId ?? "";
}
