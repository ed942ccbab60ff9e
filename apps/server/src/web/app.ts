import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { newId } from "../postgres/ids.ts";
import { addCompression } from "./compression.ts";
import { addApiDescription } from "./api-description.ts";
import type { AppDeps } from "./app-deps.ts";
import { addAuthentication } from "./authenticate.ts";
import { createCallerFence } from "./limits/caller-fence.ts";
import { answerClientError } from "./limits/client-error.ts";
import { addDrain } from "./limits/drain.ts";
import { addEventStreams } from "./limits/event-streams.ts";
import { collectMethods } from "./allowed-methods.ts";
import { addErrorEdge, sendFrameworkProblem } from "./error-edge.ts";
import { registerHealthRoutes } from "./health.ts";
import { addIdempotency } from "./requests/idempotency.ts";
import { addJsonBody } from "./requests/json-body.ts";
import { addRequestLog } from "./request-log.ts";
import { addSecurityHeaders, allowFormTo } from "./security-headers.ts";
import { addTenantGuard } from "./tenant-guard.ts";
import { addWebApp } from "./web-app.ts";

/** The routes of the API, and the pages that people open without the app. */
export interface AppRoutes {
  api: (api: FastifyInstance, deps: AppDeps) => void;
  pages: (pages: FastifyInstance, deps: AppDeps) => void;
}

/**
 * Creates the HTTP interface, ready to listen.
 * @throws Error when a route of the API does not declare who may call it and which rows it is about
 */
export async function createApp(deps: AppDeps, routes: AppRoutes): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    // The request's id is the reference that support asks for.
    genReqId: () => newId(),
    requestIdHeader: false,
    // The caller's address is taken from a proxy on this machine, and from no other.
    trustProxy: "loopback",
    bodyLimit: 1024 * 1024,
    // While the process stops, what is asked on an open connection is still carried out: a POST is never cut.
    forceCloseConnections: "idle",
    return503OnClosing: false,
    requestTimeout: deps.limits.requestMs,
    connectionTimeout: deps.limits.idleConnectionMs,
    http: {
      headersTimeout: deps.limits.requestMs,
      connectionsCheckingInterval: Math.min(5_000, deps.limits.requestMs),
    },
    clientErrorHandler: answerClientError,
    exposeHeadRoutes: true,
    frameworkErrors: sendFrameworkProblem,
    routerOptions: { maxParamLength: 200 },
  });
  app.server.maxConnections = deps.limits.connectionsMax;
  addEventStreams(app, { perCallerMax: deps.limits.eventStreamsMax });
  addDrain(app, deps.limits);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const methodsOf = collectMethods(app);
  addErrorEdge(app, deps.logger);
  addRequestLog(app, deps);
  addJsonBody(app);
  await app.register(cookie);
  await addSecurityHeaders(app, deps.publicUrl);
  await addCompression(app);
  await app.register(rateLimit, { global: false });
  addAuthentication(app, { ...deps, fence: createCallerFence(app, deps.limits) });
  await addApiDescription(app, deps.publicUrl);
  registerHealthRoutes(app, deps);
  await app.register(async (api) => addApiRoutes(api, deps, routes));
  await app.register(async (pages) => {
    allowFormTo(pages, deps.liantisIssuerUrl);
    await pages.register(formbody);
    routes.pages(pages, deps);
  });
  await addWebApp(app, deps.webDirectory, methodsOf);
  await app.ready();
  return app;
}

function addApiRoutes(api: FastifyInstance, deps: AppDeps, routes: AppRoutes): void {
  addTenantGuard(api, deps);
  addIdempotency(api, deps);
  api.decorate("cursorKeys", deps.keyRing);
  api.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store");
  });
  routes.api(api, deps);
}
