import type { Problem as ProblemBody } from "@payflip/contract/problem.ts";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { Problem, type ProblemMembers } from "../domain/catalogue/problem.ts";
import { failureChain } from "../domain/values/failure-chain.ts";
import { isProblemCode, type ProblemCode } from "../domain/catalogue/problem-catalogue.ts";
import { renderProblem } from "../texts/problems.ts";
import { negotiateLanguage } from "./requests/language.ts";

/**
 * Turns every failure into an answer: `application/problem+json` in the caller's language. A failure that is not in the
 * catalogue shows only a reference; the log has the details under it.
 */
export function addErrorEdge(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = classify(error);
    if (refusal.code === "INTERNAL") logger.error(failureRecord(error, request), "request failed");
    return sendProblem(request, reply, refusal);
  });
}

/** Answers 404 to a request for an unknown address. */
export function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, {
    code: "NOT_FOUND",
    params: {},
    members: {},
    retryAfterSeconds: null,
    status: null,
  });
}

interface Refusal {
  code: ProblemCode;
  params: Readonly<Record<string, string>>;
  members: ProblemMembers;
  retryAfterSeconds: number | null;
  /** Set where it is more exact than the catalogue's (413, 415). */
  status: number | null;
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { code, members, retryAfterSeconds } = refusal;
  const language = negotiateLanguage(request.headers["accept-language"]);
  const reference = request.id;
  const texts = renderProblem(code, { ...refusal.params, reference }, language);
  const status = refusal.status ?? texts.status;
  const body: ProblemBody = {
    type: `urn:payflip:problem:${code}`,
    code,
    ...texts,
    status,
    reference,
    ...members,
  };
  if (retryAfterSeconds !== null) void reply.header("retry-after", String(retryAfterSeconds));
  if (status === 401) void reply.header("www-authenticate", "Bearer");
  return reply
    .code(status)
    .header("content-language", language)
    .header("cache-control", "no-store")
    .type("application/problem+json")
    .serializer(JSON.stringify)
    .send(body);
}

function classify(error: FastifyError): Refusal {
  const refusal: Refusal = {
    code: "INTERNAL",
    params: {},
    members: {},
    retryAfterSeconds: null,
    status: null,
  };
  if (error instanceof Problem) {
    const { code, params, members, retryAfterSeconds } = error;
    return { ...refusal, code, params, members, retryAfterSeconds };
  }
  if (error.validation !== undefined) {
    // A malformed id in the address names nothing: 404, not 400.
    if (error.validationContext === "params") return { ...refusal, code: "NOT_FOUND" };
    return { ...refusal, code: "INVALID_REQUEST", members: { errors: validationErrors(error) } };
  }
  if (typeof error.code === "string" && isProblemCode(error.code)) {
    return { ...refusal, code: error.code, params: paramsOf(error) };
  }
  const status = error.statusCode ?? 500;
  if (status === 429) return { ...refusal, code: "RATE_LIMITED", retryAfterSeconds: 60 };
  return status >= 400 && status < 500 ? { ...refusal, code: "INVALID_REQUEST", status } : refusal;
}

function validationErrors({ validation = [] }: FastifyError): { path: string; message: string }[] {
  return validation.slice(0, 20).map((one) => ({
    path: one.instancePath.replace(/^\//, "").replaceAll("/", "."),
    message: one.message ?? "",
  }));
}

function paramsOf(error: object): Record<string, string> {
  if (!("params" in error) || typeof error.params !== "object" || error.params === null) return {};
  return Object.fromEntries(Object.entries(error.params).filter((entry) => typeof entry[1] === "string"));
}

function failureRecord(error: Error, request: FastifyRequest) {
  const { id: reference, method } = request;
  return { reference, route: request.routeOptions.url, method, failure: failureChain(error) };
}
