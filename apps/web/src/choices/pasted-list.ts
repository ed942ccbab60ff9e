import type { Candidate } from "@payflip/contract/candidates.ts";

export interface PastedList {
  readonly workerIds: readonly string[];
  /** The entries that match no person, as they were pasted. */
  readonly unknown: readonly string[];
}

/** Finds people by e-mail address or employee number; entries are separated by spaces, commas, semicolons or line breaks. */
export function readPastedList(pasted: string, people: readonly Candidate[]): PastedList {
  const byKey = new Map<string, string[]>();
  for (const { workerId, email, employeeNumber } of people) {
    for (const key of [email, employeeNumber]) {
      if (key === null) continue;
      const normal = keyOf(key);
      byKey.set(normal, [...(byKey.get(normal) ?? []), workerId]);
    }
  }
  const found = new Set<string>();
  const unknown = new Set<string>();
  for (const entry of pasted.split(/[\s,;]+/)) {
    const bare = entry.replaceAll(/^[<"'(]+|[>"')]+$/g, "");
    if (bare === "") continue;
    const workerIds = byKey.get(keyOf(bare));
    if (workerIds === undefined) unknown.add(bare);
    else for (const workerId of workerIds) found.add(workerId);
  }
  return { workerIds: [...found], unknown: [...unknown] };
}

/** Ignores capitals and the leading zeros of a number, which spreadsheets drop. */
function keyOf(value: string): string {
  const lower = value.trim().toLowerCase();
  return /^\d+$/.test(lower) ? lower.replace(/^0+(?=\d)/, "") : lower;
}
