import PQueue from "p-queue";

/** On whose behalf the provider is called. */
export interface Caller {
  customerId: string;
  /** A user waits for the answer: such calls go before those of the night. */
  urgent: boolean;
}

/** A place among the calls under way; given back when the call has ended, with or without an answer. */
export interface CallPlace {
  /** @param restMs for how long the provider asked for no calls; null: it did not ask */
  leave(restMs: number | null): void;
}

/** Decides when a call to the provider may begin. Every call passes here. */
export interface CallLimit {
  /** Waits for a place. @throws the reason of `signal`; the wait ends then */
  enter(caller: Caller | undefined, signal: AbortSignal | undefined): Promise<CallPlace>;
}

/** The limit of a process that calls the provider alone: so many calls at once, in the order in which they were asked for. */
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
