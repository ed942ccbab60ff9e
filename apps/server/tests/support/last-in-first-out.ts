import type { TestContext } from "node:test";

/** Ends what a test started in the opposite order: node:test runs its own hooks first in, first out. */
export function lastInFirstOut(t: Pick<TestContext, "after">): { after(end: () => unknown): void } {
  const ends: (() => unknown)[] = [];
  t.after(async () => {
    for (const end of ends.toReversed()) await end();
  });
  return { after: (end) => void ends.push(end) };
}
