import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from "@payflip/contract/endpoint.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, RouteOptions } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The endpoint that the route carries out; the description of the API is made from it. */
    endpoint?: Endpoint;
  }
}

/** One call of an endpoint: what the caller sent, checked by the schemas of the endpoint. */
export interface Call<E extends Endpoint> {
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body: BodyOf<E>;
  request: FastifyRequest;
  reply: FastifyReply;
}

interface Options {
  /** Runs before the schemas are applied: for a refusal that holds whatever was sent. */
  preValidation?: (request: FastifyRequest) => Promise<void>;
}

const names = new Map<Endpoint, string>(
  Object.entries(endpoints).map(([name, endpoint]) => [endpoint, name]),
);

/** Registers an endpoint of the contract. What `handle` returns is the answer, with the status that the endpoint declares. */
export function route<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  handle: (call: Call<E>) => Promise<AnswerOf<E>>,
  { preValidation }: Options = {},
): void {
  const [status = "200"] = Object.keys(endpoint.answers);
  app.route({
    ...routeOptions(endpoint),
    ...(preValidation === undefined ? {} : { preValidation }),
    handler: async (request, reply) => {
      const answer = await handle(callOf<E>(request, reply));
      return reply.code(Number(status)).send(answer);
    },
  });
}

/** The same for an endpoint that answers with a redirect or a stream: `handle` sends the answer itself. */
export function routeThatSends<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  handle: (call: Call<E>) => Promise<unknown>,
): void {
  app.route({
    ...routeOptions(endpoint),
    handler: (request, reply) => handle(callOf<E>(request, reply)),
  });
}

function routeOptions(endpoint: Endpoint): Omit<RouteOptions, "handler"> {
  const { method, path, roles, tenant, wages = false, bodyLimit } = endpoint;
  return {
    method,
    url: `/api/v1${path}`,
    config: { endpoint, access: { roles, tenant, wages } },
    schema: schemaOf(endpoint),
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
  };
}

function schemaOf(endpoint: Endpoint): FastifySchema {
  const { params, query, body, answers, answersAs, summary, description, tags, tenant } = endpoint;
  const operationId = names.get(endpoint);
  if (operationId === undefined) throw new Error(`${endpoint.path} is no endpoint of the contract`);
  return {
    operationId,
    summary,
    description,
    tags,
    ...(tenant === "public" ? { security: [] } : {}),
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(body === undefined ? {} : { body }),
    // What is streamed is not serialised as one answer.
    ...(answersAs === undefined ? { response: answers } : {}),
  };
}

function callOf<E extends Endpoint>(request: FastifyRequest, reply: FastifyReply): Call<E> {
  return {
    params: request.params as ParamsOf<E>,
    query: request.query as QueryOf<E>,
    body: request.body as BodyOf<E>,
    request,
    reply,
  };
}
