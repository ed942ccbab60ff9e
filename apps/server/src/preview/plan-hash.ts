import { createHmac } from "node:crypto";
import type { PersonPlan } from "../domain/plan/plan-types.ts";

/**
 * What would be done with one person, as a keyed hash: equal exactly if the same would be written of them and the same be asked.
 * Row versions are left out: a row that changed without anything else in the plan changing is the same plan.
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

/** The key of such hashes, from the key that secrets are sealed with: the same in every process, and no other use of it. */
export function planKeyOf(keyRing: readonly { key: Buffer }[]): Buffer {
  const [current] = keyRing;
  if (current === undefined) throw new Error("there is no key to make the plan key of");
  return keyedHash(current.key, "payflip plan hash 1");
}
