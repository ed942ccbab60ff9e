import type { Candidate } from "@payflip/contract/candidates.ts";

export interface PastedList {
  readonly workerIds: readonly string[];
  /** What stands in the list and belongs to nobody, as it was pasted. */
  readonly unknown: readonly string[];
}

/** Finds the people of a pasted list of e-mail addresses or employee numbers, one a line or separated by commas and the like. */
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

/** Capitals do not matter, nor do zeros in front of a number: spreadsheets lose them. */
function keyOf(value: string): string {
  const lower = value.trim().toLowerCase();
  return /^\d+$/.test(lower) ? lower.replace(/^0+(?=\d)/, "") : lower;
}
