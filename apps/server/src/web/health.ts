import type { FastifyInstance } from "fastify";
import type { Readiness } from "./app-deps.ts";

/** `/healthz`: the process answers. `/readyz`: it can do its work; 503 names the part that cannot, or says that it is stopping. */
export function registerHealthRoutes(
  app: FastifyInstance,
  { readiness, isStopping }: { readiness: () => Promise<Readiness>; isStopping: () => boolean },
): void {
  app.get("/healthz", { schema: { hide: true } }, async () => ({ status: "ok" }));
  app.get("/readyz", { schema: { hide: true } }, async (_request, reply) => {
    const parts = await readiness();
    if (isStopping()) return reply.code(503).send({ status: "stopping", ...parts });
    const ready = Object.values(parts).every(Boolean);
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ok" : "unavailable", ...parts });
  });
}
