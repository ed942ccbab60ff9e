import type { Run, RunPhase } from "@payflip/contract/syncs.ts";

export const phases = ["fetch", "plan", "guard", "apply", "report"] as const satisfies readonly RunPhase[];

export type Milestone =
  | { kind: "started" }
  | { kind: "reached"; phase: RunPhase; percent: 25 | 50 | 75 }
  | { kind: "over" }
  | { kind: "none" };

/** The moments that are read aloud: the start, each quarter of the two long phases, the end. */
export function milestone({ status, progress: { phase, done, total } }: Run): Milestone {
  if (status === "finished" || status === "cancelled") return { kind: "over" };
  if (phase !== "fetch" && phase !== "apply") return { kind: "none" };
  const quarter = total === null || total === 0 ? 0 : Math.min(3, Math.floor((done / total) * 4));
  if (quarter === 0) return phase === "fetch" ? { kind: "started" } : { kind: "none" };
  return { kind: "reached", phase, percent: quarter === 1 ? 25 : quarter === 2 ? 50 : 75 };
}
