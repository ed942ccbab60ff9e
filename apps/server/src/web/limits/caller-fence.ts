import type { FastifyInstance, FastifyRequest } from "fastify";
import { addressBucket } from "../../access/address-bucket.ts";
import { actorOf } from "../../access/principal.ts";
import { Problem } from "../../domain/catalogue/problem.ts";

/**
 * Limits the calls of each caller: of an account or API key, wherever it calls from; of an address, for callers who are not signed
 * in. No header that a caller chooses decides whose calls are counted.
 *
 * @throws Problem RATE_LIMITED, from the function that it returns
 */
export function createCallerFence(
  app: FastifyInstance,
  { callsPerMinuteMax }: { callsPerMinuteMax: number },
): (request: FastifyRequest) => Promise<void> {
  const count = app.createRateLimit({
    max: callsPerMinuteMax,
    timeWindow: 60_000,
    keyGenerator: ({ principal, ip }) => {
      if (principal === null) return `address:${addressBucket(ip)}`;
      const { actorKind, actorId } = actorOf(principal);
      return `${actorKind}:${actorId}`;
    },
  });
  return async (request) => {
    const counted = await count(request);
    if (!counted.isAllowed && counted.isExceeded)
      throw new Problem("RATE_LIMITED", { retryAfterSeconds: Math.max(1, counted.ttlInSeconds) });
  };
}
