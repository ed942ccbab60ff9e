import { everyRole } from "@payflip/contract/access.ts";
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { describeEndpoint } from "./describe-endpoint.ts";
import { apiPageStyles, renderApiPage } from "./api-pages.ts";

/** Describes every endpoint that is registered after this: OpenAPI 3.1, from the contract, whose schemas also validate. */
export async function addApiDescription(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Payflip",
        version: "1",
        description:
          "Employees and wage contracts, kept the same as in Liantis. Money and percentages are decimal strings, dates `YYYY-MM-DD`, instants RFC 3339 UTC. Errors are `application/problem+json`, in the language of `Accept-Language`. POSTs take an `Idempotency-Key`.",
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          apiKey: { type: "http", scheme: "bearer" },
          session: {
            type: "apiKey",
            in: "cookie",
            name: publicUrl.startsWith("https://") ? "__Host-session" : "session",
          },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    transform: (document) => {
      const { schema, url } = jsonSchemaTransform(document);
      const endpoint = document.route.config?.endpoint;
      return { schema: endpoint === undefined ? schema : describeEndpoint(endpoint, schema), url };
    },
    transformObject: jsonSchemaTransformObject,
  });
  // In production the description is for those who may call the API: others have no use for it.
  const isProduction = publicUrl.startsWith("https://");
  const options = {
    schema: { hide: true },
    ...(isProduction ? { config: { access: { roles: everyRole, tenant: "none" as const } } } : {}),
  };
  let page: string | null = null;
  app.get("/api/openapi.json", options, async () => app.swagger());
  for (const address of ["/api/docs", "/api/docs/"])
    app.get(address, options, async (_request, reply) =>
      reply.type("text/html; charset=utf-8").send((page ??= renderApiPage())),
    );
  app.get("/api/docs/page.css", { schema: { hide: true } }, async (_request, reply) =>
    reply.header("cache-control", "public, max-age=3600").type("text/css; charset=utf-8").send(apiPageStyles),
  );
}
