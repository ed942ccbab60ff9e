import { type Endpoint, problemsOf } from "@payflip/contract/endpoint.ts";
import type { FastifySchema } from "fastify";
import { problemCatalogue } from "../domain/catalogue/problem-catalogue.ts";
import { render } from "../texts/render.ts";

/** What the statuses of success mean; the schema says the rest. */
const meanings: Readonly<Record<string, string>> = {
  "200": "The answer.",
  "201": "Created.",
  "202": "Accepted: the work is queued.",
  "204": "Done. There is no body.",
  "303": "Go to the page in `Location`.",
};

/**
 * Completes the description of one operation (OpenAPI): who may call it, an example of the body, what each answer means, and the
 * codes of the problems by status.
 *
 * @param schema the schemas of the route as JSON Schema
 */
export function describeEndpoint(endpoint: Endpoint, schema: FastifySchema): FastifySchema {
  const { roles, tenant, wages = false, example } = endpoint;
  const body = schema.body as object | undefined;
  const access = { "x-access": { roles, tenant, wages } };
  return {
    ...schema,
    ...(body === undefined ? {} : { body: { ...body, examples: [example] } }),
    response: { ...answersOf(endpoint, schema), ...problemAnswersOf(endpoint) },
    ...access,
  };
}

function answersOf({ answers, answersAs }: Endpoint, { response = {} }: FastifySchema) {
  const schemas = response as Readonly<Record<string, { type?: string }>>;
  const entries = Object.keys(answers).map((status) => {
    const description = meanings[status] ?? "The answer.";
    if (answersAs !== undefined && status === "200")
      return [status, { description, content: { [answersAs]: { schema: { type: "string" } } } }];
    const schema = schemas[status];
    return schema === undefined || schema.type === "null"
      ? [status, { description, type: "null" }]
      : [status, { description, content: { "application/json": { schema } } }];
  });
  return Object.fromEntries(entries);
}

function problemAnswersOf(endpoint: Endpoint) {
  const byStatus = Map.groupBy(problemsOf(endpoint), (code) => problemCatalogue[code].status);
  const schema = { $ref: "#/components/schemas/Problem" };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes
          .map((code) => `\`${code}\`: ${render(`problem.${code}.title`, {}, "en")}.`)
          .join(" "),
        content: { "application/problem+json": { schema } },
      },
    ]),
  );
}
