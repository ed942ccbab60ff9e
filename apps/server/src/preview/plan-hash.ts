import { createHmac } from "node:crypto";
import type { PersonPlan } from "../domain/plan/plan-types.ts";

/**
 * A keyed hash of what a plan would write, hold and report. Row versions are left out: a plan of the same values is the same,
 * even if the row was written meanwhile.
 */
export function planHash(key: Buffer, plan: PersonPlan): Buffer {
  return keyedHash(
    key,
    JSON.stringify(plan, (name, value: unknown) => (name === "rowVersion" ? undefined : value)),
  );
}

/** A keyed hash of a text. */
export function keyedHash(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** The key of these hashes, derived from the sealing key: the same in every process, and used for nothing else. */
export function planKeyOf(keyRing: readonly { key: Buffer }[]): Buffer {
  const [current] = keyRing;
  if (current === undefined) throw new Error("there is no key to make the plan key of");
  return keyedHash(current.key, "payflip plan hash 1");
}
