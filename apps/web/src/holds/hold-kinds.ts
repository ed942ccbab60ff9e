import type { Hold } from "@payflip/contract/syncs.ts";

/** Held back is a whole run, and not what it brings of one person. */
export function isOfRun({ kind }: Pick<Hold, "kind">): boolean {
  return kind === "source_looks_wrong";
}
