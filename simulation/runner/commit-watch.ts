import { statementText } from "../../apps/server/tests/support/statement-text.ts";
import type pg from "pg";

/** Called before and after a commit that updates a run. The worker sees an error of the hook as an error of the commit. */
export type CommitHook = (moment: "before" | "after", commit: number) => Promise<void>;

/** Watches the commits that update a run: a hook can kill or delay the worker there, or let people act in between. */
export interface CommitWatch {
  /** Sets the hook and starts counting at 1 again. */
  set(hook: CommitHook | null): void;
  /** Number of commits since the hook was set. */
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
