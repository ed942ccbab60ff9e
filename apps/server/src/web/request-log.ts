import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";

/** Logs one line for each request, with the route's pattern. The address may hold a token and is never logged, nor is a body. */
export function addRequestLog(app: FastifyInstance, { logger }: { logger: Logger }): void {
  app.addHook("onResponse", async (request, reply) => {
    const { principal } = request;
    logger.info(
      {
        reference: request.id,
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
        customerId: principal?.customerId ?? null,
        actorId: principal?.accountId ?? principal?.keyId ?? null,
      },
      "request",
    );
  });
}
