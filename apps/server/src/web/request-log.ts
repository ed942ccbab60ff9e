import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";

/** One line for each request: the route's pattern, never its address (which may hold a token) nor a word of its content. */
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
