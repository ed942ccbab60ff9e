import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import Fastify, { type FastifyError, type FastifyInstance } from "fastify";
import { errors, type Provider } from "oidc-provider";
import { z } from "zod";
import { ControlError, type Control } from "./control/control.ts";
import { registerControl } from "./control/routes.ts";
import { registerSite } from "./my/site.ts";
import { registerConsentJourney } from "./oidc/consent-journey.ts";
import type { ConsentGiven } from "./oidc/consent-provider.ts";
import { registerSignInJourney } from "./oidc/sign-in-journey.ts";
import { type PartnerApiParts, registerPartnerApi } from "./partner/api.ts";

export interface AppParts extends PartnerApiParts {
  readonly consents: Map<string, ConsentGiven>;
  readonly control: Control;
  readonly consentProvider: Provider;
  readonly signInProvider: Provider;
}

/** Everything but the OpenID endpoints: the listener serves those. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { world, faults, consents } = parts;
  const app = Fastify({ logger: false, bodyLimit: 8_000_000, routerOptions: { maxParamLength: 300 } });
  await app.register(cookie, { secret: `${world.seed} site cookies` });
  await app.register(formbody);
  registerPartnerApi(app, parts);
  registerConsentJourney(app, { provider: parts.consentProvider, world, faults, consents });
  registerSignInJourney(app, { provider: parts.signInProvider, world });
  registerSite(app, world);
  registerControl(app, parts.control);
  app.setErrorHandler<FastifyError>(async (error, _request, reply) => {
    const { status, detail } = explain(error);
    return reply.code(status).type("application/problem+json").send({ type: "error", status, detail });
  });
  app.setNotFoundHandler(async (_request, reply) => {
    const body = { type: "not-found", status: 404, detail: "There is nothing at this address." };
    return reply.code(404).type("application/problem+json").send(body);
  });
  await app.ready();
  return app;
}

function explain(error: Error & { statusCode?: number }): { status: number; detail: string } {
  if (error instanceof ControlError) return { status: error.status, detail: error.message };
  if (error instanceof z.ZodError) return { status: 400, detail: z.prettifyError(error) };
  if (error instanceof errors.SessionNotFound) {
    return { status: 400, detail: "This log-in has expired or was opened in another browser. Start again." };
  }
  return { status: error.statusCode ?? 500, detail: error.message };
}
