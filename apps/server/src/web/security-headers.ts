import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/** Only our own files, no inline script or style, and no other site may frame a page. */
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
  // The app makes no markup from text, so it needs no policy; none can be added.
  trustedTypes: ["'none'"],
};

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

/** Permits the consent form: its answer redirects to the provider, which browsers count as a target of the form. */
export function allowFormTo(app: FastifyInstance, address: string): void {
  overridePolicy(app, { ...policy, formAction: ["'self'", new URL(address).origin] });
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
