import PQueue from "p-queue";

/** On whose behalf the provider is called. */
export interface Caller {
  customerId: string;
  /** Somebody waits for the answer: before the calls of the night. */
  urgent: boolean;
}

/** A place among the calls under way; given back when the answer is there, or is not coming. */
export interface CallPlace {
  /** @param restMs for how long the provider asked to be left alone; null: it did not */
  leave(restMs: number | null): void;
}

/** Who may call the provider when: whatever limits there are, every call passes here. */
export interface CallLimit {
  /** Waits for a place. @throws the reason of `signal`; the place in the line is given up then */
  enter(caller: Caller | undefined, signal: AbortSignal | undefined): Promise<CallPlace>;
}

/** The limit of a process that shares the provider with no other: so many calls at once, first come, first served. */
export function createOwnCallLimit(callsAtOnce: number): CallLimit {
  const queue = new PQueue({ concurrency: callsAtOnce });
  return {
    enter: (_caller, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<CallPlace>();
      const held = () => {
        const { promise: left, resolve: leave } = Promise.withResolvers<void>();
        resolve({ leave: () => leave() });
        return left;
      };
      queue.add(held, signal === undefined ? {} : { signal }).catch(reject);
      return promise;
    },
  };
}
