import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyInstance {
    eventStreams: EventStreams;
  }
}

export interface EventStreams {
  /**
   * Takes a place among the open streams of a caller. `end` is called when the process stops.
   *
   * @returns the function that gives the place back; null when the caller has as many streams as one may have
   */
  enter(caller: string, end: () => void): (() => void) | null;
}

/** Bounds the event streams of each caller, and ends them when the process stops: a stream would hold up the stop. */
export function addEventStreams(app: FastifyInstance, { perCallerMax }: { perCallerMax: number }): void {
  const open = new Map<() => void, string>();
  app.decorate("eventStreams", {
    enter: (caller, end) => {
      const count = [...open.values()].filter((one) => one === caller).length;
      if (count >= perCallerMax) return null;
      open.set(end, caller);
      return () => void open.delete(end);
    },
  } satisfies EventStreams);
  app.addHook("preClose", async () => {
    for (const end of open.keys()) end();
  });
}
