import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/** Nothing but our own files; no inline script or style; nobody may frame us. */
const policy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", "data:"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  requireTrustedTypesFor: ["'script'"],
};

/** Security headers of every answer. */
export async function addSecurityHeaders(app: FastifyInstance, publicUrl: string): Promise<void> {
  const https = publicUrl.startsWith("https://");
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    strictTransportSecurity: https ? { maxAge: 365 * 24 * 60 * 60, includeSubDomains: false } : false,
    referrerPolicy: { policy: "no-referrer" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    xFrameOptions: { action: "deny" },
  });
}

/** The consent form is answered by a redirect to the provider, which browsers count as a place the form goes to. */
export function allowFormTo(app: FastifyInstance, address: string): void {
  overridePolicy(app, { ...policy, formAction: ["'self'", new URL(address).origin] });
}

/** The pages of the API's description bring styles of their own and know no trusted types. */
export function allowApiDescription(app: FastifyInstance): void {
  const { requireTrustedTypesFor: _unknownToIt, ...rest } = policy;
  overridePolicy(app, { ...rest, styleSrc: ["'self'", "'unsafe-inline'"] });
}

function overridePolicy(app: FastifyInstance, directives: Record<string, string[]>): void {
  const text = Object.entries(directives)
    .map(([name, sources]) =>
      [name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), ...sources].join(" "),
    )
    .join(";");
  app.addHook("onRequest", async (_request, reply) => {
    void reply.header("content-security-policy", text);
  });
}
