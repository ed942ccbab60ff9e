import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { describeEndpoint } from "./describe-endpoint.ts";
import { allowApiDescription } from "./security-headers.ts";

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
  app.get("/api/openapi.json", { schema: { hide: true } }, async () => app.swagger());
  await app.register(async (docs) => {
    allowApiDescription(docs);
    await docs.register(swaggerUi, { routePrefix: "/api/docs", uiConfig: { validatorUrl: null } });
  });
}
