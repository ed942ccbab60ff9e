import { statementText } from "../../apps/server/tests/support/statement-text.ts";
import type pg from "pg";

/** Called around a commit that moves a run on; what it throws is what the worker sees of the commit. */
export type CommitHook = (moment: "before" | "after", commit: number) => Promise<void>;

/** Watches the commits of a pool that move a run on: there a worker is killed, held up, or somebody acts in between. */
export interface CommitWatch {
  /** Counts from 1 again, and calls the hook until the next one is set. */
  set(hook: CommitHook | null): void;
  /** Commits since the hook was set. */
  count(): number;
  /** Waits until no more than so many transactions are open. */
  quiet(open: number): Promise<void>;
}

export function watchCommits(pool: pg.Pool): CommitWatch {
  let hook: CommitHook | null = null;
  let commits = 0;
  let open = 0;
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    let movesRun = false;
    let inside = false;
    const end = () => {
      if (inside) open -= 1;
      inside = false;
    };
    const commit = async (args: unknown[]) => {
      const place = movesRun ? ++commits : 0;
      const called = hook;
      if (place > 0) await called?.("before", place);
      const result = await query(...args);
      end();
      if (place > 0) await called?.("after", place);
      return result;
    };
    const watched = async (...args: unknown[]) => {
      const text = statementText(args[0]);
      if (text === "begin") {
        movesRun = false;
        inside = true;
        open += 1;
      }
      if (text.startsWith('update "runs"')) movesRun = true;
      if (text === "commit") return await commit(args);
      if (text !== "rollback") return await query(...args);
      try {
        return await query(...args);
      } finally {
        end();
      }
    };
    client.query = watched as typeof client.query;
  });
  return {
    set: (next) => {
      hook = next;
      commits = 0;
    },
    count: () => commits,
    quiet: async (limit) => {
      for (let turns = 0; turns < 5; turns += 1) {
        while (open > limit) await new Promise((resolve) => setImmediate(resolve));
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
