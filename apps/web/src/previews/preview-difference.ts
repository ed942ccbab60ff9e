import type { PreviewOperation } from "@payflip/contract/previews.ts";

/** What two previews say of one person; null where a preview does not name them (they stay as they are, or are not listed). */
export interface PersonDifference {
  readonly workerId: string;
  readonly employeeName: string | null;
  readonly before: PreviewOperation | null;
  readonly after: PreviewOperation | null;
}

/** Whom a newer preview tells something else about, in its order; who is not in it any more comes last. */
export function previewDifference(
  older: readonly PreviewOperation[],
  newer: readonly PreviewOperation[],
): PersonDifference[] {
  const before = new Map(older.map((operation) => [operation.workerId, operation]));
  const after = new Map(newer.map((operation) => [operation.workerId, operation]));
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((workerId) => ({
      workerId,
      before: before.get(workerId) ?? null,
      after: after.get(workerId) ?? null,
    }))
    .filter((person) => essence(person.before) !== essence(person.after))
    .map((person) => ({
      ...person,
      employeeName: person.after?.employeeName ?? person.before?.employeeName ?? null,
    }));
}

function essence(operation: PreviewOperation | null): string {
  if (operation === null) return "";
  const changes = operation.changes.map(({ contractId, field, before, after }) =>
    JSON.stringify([contractId, field, before, after]),
  );
  return `${operation.bucket} ${changes.toSorted().join(" ")}`;
}
