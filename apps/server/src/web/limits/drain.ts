import type { FastifyInstance } from "fastify";

const lookEveryMs = 50;

/**
 * A stop lets the requests that are being carried out come to their end, for a bounded time. Idle connections are closed at once,
 * and each other one as soon as its answer is sent.
 */
export function addDrain(app: FastifyInstance, { drainMs }: { drainMs: number }): void {
  app.addHook("preClose", async () => {
    const { server } = app;
    if (!server.listening) return;
    const look = setInterval(() => server.closeIdleConnections(), lookEveryMs);
    const cut = setTimeout(() => server.closeAllConnections(), drainMs);
    server.once("close", () => {
      clearInterval(look);
      clearTimeout(cut);
    });
  });
}
