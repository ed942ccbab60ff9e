import type { Server } from "../../apps/server/src/server.ts";

type PgBoss = Server["queue"];

type Handler = (jobs: object[]) => Promise<unknown>;

export interface ModelJob {
  queue: string;
  data: Record<string, string>;
  key: string | null;
  retryCount: number;
  /** Epoch milliseconds. */
  startAfter: number;
}

/** Replaces the job queue: jobs stay in order, and one starts when the simulation says so. */
export interface ModelQueue {
  boss: PgBoss;
  /** Jobs that may start at an instant, in the order in which they were queued. */
  due(queue: string, now: number): ModelJob[];
  /** Carries a job out as a worker would. @returns its error, after which the job is queued again; or null */
  work(job: ModelJob, signal?: AbortSignal): Promise<unknown>;
  /** Runs the scheduled job of a queue. */
  tick(queue: string): Promise<void>;
  /** Forgets every job, as if the queue was lost. */
  lose(): void;
  clear(): void;
}

export function modelQueue(): ModelQueue {
  const handlers = new Map<string, Handler>();
  let jobs: ModelJob[] = [];
  const boss = {
    send: async (
      queue: string,
      data: Record<string, string>,
      options: { singletonKey?: string; startAfter?: Date } = {},
    ) => {
      const key = options.singletonKey ?? null;
      if (key !== null && jobs.some((job) => job.queue === queue && job.key === key)) return null;
      jobs.push({ queue, data, key, retryCount: 0, startAfter: options.startAfter?.getTime() ?? 0 });
      return `job-${jobs.length}`;
    },
    work: async (queue: string, ...rest: unknown[]) => {
      handlers.set(queue, rest.at(-1) as Handler);
      return queue;
    },
    schedule: async () => {},
  };
  const handlerOf = (queue: string) => {
    const handler = handlers.get(queue);
    if (!handler) throw new Error(`no worker takes jobs of ${queue}`);
    return handler;
  };
  return {
    boss: boss as unknown as PgBoss,
    due: (queue, now) => jobs.filter((job) => job.queue === queue && job.startAfter <= now),
    work: async (job, signal = new AbortController().signal) => {
      try {
        await handlerOf(job.queue)([
          { id: "job", name: job.queue, data: job.data, retryCount: job.retryCount, signal },
        ]);
        jobs = jobs.filter((other) => other !== job);
        return null;
      } catch (error) {
        job.retryCount += 1;
        return error;
      }
    },
    tick: async (queue) => {
      await handlerOf(queue)([]);
    },
    lose: () => {
      jobs = [];
    },
    clear: () => {
      jobs = [];
    },
  };
}
