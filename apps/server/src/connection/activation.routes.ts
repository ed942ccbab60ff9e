import {
  activationStarted,
  confirmation,
  consentRequested,
  newConsentRequest,
  workerCount,
} from "@payflip/contract/activation.ts";
import { idParams } from "@payflip/contract/page.ts";
import { runStarted } from "@payflip/contract/syncs.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import * as z from "zod";
import { actorOf } from "../access/principal.ts";
import { hashToken } from "../access/token.ts";
import type { ActivationActor } from "./activation-deps.ts";
import { changeMode, confirmActivation } from "../preview/confirm-activation.ts";
import { requestConsent } from "./consent/consent-request.ts";
import { countWorkers } from "./count-workers.ts";
import { startActivation } from "./start-activation.ts";
import { disableConnection, enableConnection } from "./switch-connection.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { registerCallbackRoute } from "./consent/callback.routes.ts";
import { principalOf } from "../web/route-access.ts";
import { manyIdsLimit } from "../web/routes.ts";
import { scopeOf } from "../web/tenant-guard.ts";

/** From "not set up" to "first sync started", and off and on again. */
export function registerActivationRoutes(app: FastifyInstance, deps: AppDeps): void {
  registerConsentRoutes(app, deps);
  registerChoiceRoutes(app, deps);
  registerSwitchRoutes(app, deps);
  registerCallbackRoute(app, deps);
}

const access = { roles: ["admin"], tenant: "entity" } as const;
const switched = z.object({ state: z.enum(["available", "choosing", "active", "paused", "disabled"]) });

function registerConsentRoutes(app: FastifyInstance, { activation }: AppDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    "/api/v1/entities/:id/liantis/activation",
    {
      config: { access },
      schema: {
        summary: "Check the company and start the consent",
        params: idParams,
        response: { 201: activationStarted },
      },
    },
    async (request, reply) => {
      const started = await startActivation(activation, actorIn(request), sessionHashOf(request));
      return reply.code(201).send(started);
    },
  );
  routes.post(
    "/api/v1/entities/:id/liantis/consent-request",
    {
      config: { access },
      schema: {
        summary: "Send the main user a link to the consent step alone",
        params: idParams,
        body: newConsentRequest,
        response: { 201: consentRequested },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await requestConsent(activation, actorIn(request), request.body)),
  );
}

function registerChoiceRoutes(app: FastifyInstance, { activation }: AppDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    "/api/v1/entities/:id/liantis/preview-count",
    {
      config: { access },
      schema: { summary: "How many people Liantis lists", params: idParams, response: { 200: workerCount } },
    },
    async (request) => await countWorkers(activation, actorIn(request)),
  );
  routes.post(
    "/api/v1/entities/:id/liantis/confirmation",
    {
      config: { access },
      bodyLimit: manyIdsLimit,
      schema: {
        summary: "Confirm the sync method: the first sync starts",
        params: idParams,
        body: confirmation,
        response: { 202: runStarted },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await confirmActivation(activation, actorIn(request), request.body)),
  );
  routes.put(
    "/api/v1/entities/:id/liantis/mode",
    {
      config: { access },
      bodyLimit: manyIdsLimit,
      schema: {
        summary: "Change the sync method",
        params: idParams,
        body: confirmation,
        response: { 202: runStarted },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await changeMode(activation, actorIn(request), request.body)),
  );
}

function registerSwitchRoutes(app: FastifyInstance, { activation }: AppDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const schema = (summary: string) => ({ summary, params: idParams, response: { 200: switched } });
  routes.post(
    "/api/v1/entities/:id/liantis/disable",
    { config: { access }, schema: schema("Switch the integration off; data and links stay") },
    async (request) => switched.parse(await disableConnection(activation, actorIn(request))),
  );
  routes.post(
    "/api/v1/entities/:id/liantis/enable",
    { config: { access }, schema: schema("Switch the integration on again") },
    async (request) => switched.parse(await enableConnection(activation, actorIn(request))),
  );
}

function actorIn(request: FastifyRequest): ActivationActor {
  const { id: entityId } = idParams.parse(request.params);
  return { customerId: scopeOf(request).customerId, entityId, ...actorOf(principalOf(request)) };
}

/** Null for an API key: it has no browser that could come back. */
function sessionHashOf(request: FastifyRequest): Buffer | null {
  const bySession = principalOf(request).kind === "account" && request.sessionToken !== null;
  return bySession && request.sessionToken !== null ? hashToken(request.sessionToken) : null;
}
