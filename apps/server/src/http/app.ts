import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { newId } from "../db/ids.ts";
import { registerActivationRoutes } from "./activation.ts";
import { addApiDescription } from "./api-description.ts";
import type { AppDeps } from "./app-deps.ts";
import { addAuthentication } from "./authenticate.ts";
import { registerCaseRoutes } from "./cases.ts";
import { registerCandidateRoutes } from "./candidates.ts";
import { registerConnectRoutes } from "./connect.ts";
import { registerConnectionRoutes } from "./connection.ts";
import { registerCustomerRoutes } from "./customers.ts";
import { registerEmployeeRoutes } from "./employees.ts";
import { registerEntityRoutes } from "./entities.ts";
import { addErrorEdge } from "./error-edge.ts";
import { registerFleetRoutes } from "./fleet.ts";
import { registerExplanationRoutes } from "./explanation.ts";
import { registerHealthRoutes } from "./health.ts";
import { registerHoldRoutes } from "./holds.ts";
import { addIdempotency } from "./idempotency.ts";
import { registerIssueRoutes } from "./issues.ts";
import { addJsonBody } from "./json-body.ts";
import { registerLinkRoutes } from "./links.ts";
import { registerOidcRoutes } from "./oidc.ts";
import { registerPersonCheckRoutes } from "./person-check.ts";
import { registerPreviewRoutes } from "./previews.ts";
import { addRequestLog } from "./request-log.ts";
import { addSecurityHeaders, allowFormTo } from "./security-headers.ts";
import { registerRevertRoutes } from "./revert.ts";
import { registerSessionRoutes } from "./session.ts";
import { registerSyncRoutes } from "./syncs.ts";
import { registerTaskRoutes } from "./tasks.ts";
import { registerThresholdRoutes } from "./thresholds.ts";
import { addTenantGuard } from "./tenant-guard.ts";
import { registerWageContractRoutes } from "./wage-contracts.ts";
import { addWebApp } from "./web-app.ts";

/** Calls that one caller may make within a minute: a fence against a loop that ran away, not a quota. */
const callsPerMinuteMax = 60_000;

/**
 * The HTTP interface, complete and ready to listen. Every route of the API says who may call it and whose rows it is about;
 * one that does not makes this throw.
 */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    // The reference that support asks for.
    genReqId: () => newId(),
    requestIdHeader: false,
    // A proxy on this machine says who the caller is; nobody else is believed.
    trustProxy: "loopback",
    bodyLimit: 1024 * 1024,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  addErrorEdge(app, deps.logger);
  addRequestLog(app, deps);
  addJsonBody(app);
  await app.register(cookie);
  await addSecurityHeaders(app, deps.publicUrl);
  await app.register(rateLimit, {
    global: true,
    max: callsPerMinuteMax,
    timeWindow: 60_000,
    keyGenerator: ({ headers, ip }) => headers.authorization ?? headers.cookie ?? ip,
  });
  addAuthentication(app, deps);
  await addApiDescription(app, deps.publicUrl);
  registerHealthRoutes(app, deps);
  await app.register(async (api) => registerApiRoutes(api, deps));
  await app.register(async (pages) => {
    allowFormTo(pages, deps.liantisIssuerUrl);
    await pages.register(formbody);
    registerConnectRoutes(pages, deps);
  });
  await addWebApp(app, deps.webDirectory);
  await app.ready();
  return app;
}

function registerApiRoutes(api: FastifyInstance, deps: AppDeps): void {
  addTenantGuard(api, deps);
  addIdempotency(api, deps);
  api.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store");
  });
  registerSessionRoutes(api, deps);
  registerOidcRoutes(api, deps);
  registerCustomerRoutes(api, deps);
  registerEntityRoutes(api, deps);
  registerConnectionRoutes(api, deps);
  registerActivationRoutes(api, deps);
  registerCandidateRoutes(api, deps);
  registerPreviewRoutes(api, deps);
  registerSyncRoutes(api, deps);
  registerRevertRoutes(api, deps);
  registerHoldRoutes(api, deps);
  registerThresholdRoutes(api, deps);
  registerIssueRoutes(api, deps);
  registerTaskRoutes(api, deps);
  registerCaseRoutes(api, deps);
  registerFleetRoutes(api, deps);
  registerEmployeeRoutes(api, deps);
  registerPersonCheckRoutes(api, deps);
  registerExplanationRoutes(api, deps);
  registerLinkRoutes(api, deps);
  registerWageContractRoutes(api, deps);
}
