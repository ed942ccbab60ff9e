import type { Change } from "@payflip/contract/syncs.ts";

/** The people of whom a run changed something that is not undone, each once, by name. */
export function changedPeople(
  changes: readonly Change[],
): { readonly employeeId: string; readonly employeeName: string }[] {
  const people = new Map<string, string>();
  for (const { employeeId, employeeName, revertedAt } of changes) {
    if (revertedAt === null) people.set(employeeId, employeeName);
  }
  return [...people]
    .map(([employeeId, employeeName]) => ({ employeeId, employeeName }))
    .toSorted((a, b) => a.employeeName.localeCompare(b.employeeName));
}
