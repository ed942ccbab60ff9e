import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { hashToken } from "../access/token.ts";
import { changeMode, confirmActivation } from "../preview/confirm-activation.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { entityActor } from "../web/entity-actor.ts";
import { principalOf } from "../web/route-access.ts";
import { route } from "../web/route.ts";
import { registerCallbackRoute } from "./consent/callback.routes.ts";
import { requestConsent } from "./consent/consent-request.ts";
import { countWorkers } from "./count-workers.ts";
import { startActivation } from "./start-activation.ts";
import { disableConnection, enableConnection } from "./switch-connection.ts";

/** Everything from a connection that is not set up to the start of its first sync, and switching it off and on. */
export function registerActivationRoutes(app: FastifyInstance, deps: AppDeps): void {
  const { activation } = deps;
  route(app, endpoints.startActivation, ({ params, request }) =>
    startActivation(activation, entityActor(request, params.id), sessionHashOf(request)),
  );
  route(app, endpoints.requestConsent, ({ params, body, request }) =>
    requestConsent(activation, entityActor(request, params.id), body),
  );
  registerCallbackRoute(app, deps);
  route(app, endpoints.countWorkers, ({ params, request }) =>
    countWorkers(activation, entityActor(request, params.id)),
  );
  route(app, endpoints.confirmActivation, ({ params, body, request }) =>
    confirmActivation(activation, entityActor(request, params.id), body),
  );
  route(app, endpoints.changeMode, ({ params, body, request }) =>
    changeMode(activation, entityActor(request, params.id), body),
  );
  route(app, endpoints.disableConnection, ({ params, request }) =>
    disableConnection(activation, entityActor(request, params.id)),
  );
  route(app, endpoints.enableConnection, ({ params, request }) =>
    enableConnection(activation, entityActor(request, params.id)),
  );
}

/** Null for an API key: it has no browser that could come back. */
function sessionHashOf(request: FastifyRequest): Buffer | null {
  const isSession = principalOf(request).kind === "account" && request.sessionToken !== null;
  return isSession && request.sessionToken !== null ? hashToken("session", request.sessionToken) : null;
}
