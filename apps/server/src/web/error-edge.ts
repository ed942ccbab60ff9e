import type { ProblemBody } from "@payflip/contract/problem.ts";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { isProblemCode, type ProblemCode } from "../domain/catalogue/problem-catalogue.ts";
import { Problem, type ProblemMembers } from "../domain/catalogue/problem.ts";
import { failureChain } from "../domain/values/failure-chain.ts";
import { databaseFaultOf } from "../postgres/database-fault.ts";
import { renderProblem } from "../texts/problems.ts";
import { negotiateLanguage } from "./requests/language.ts";

/**
 * Turns every failure into an answer: `application/problem+json` in the caller's language. A failure that is not in the
 * catalogue shows only a reference; the log has the details under it.
 */
export function addErrorEdge(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = classify(error, request);
    if (refusal.code === "INTERNAL") logger.error(failureRecord(error, request), "request failed");
    // The caller's mistake or the database's trouble, but a schema or a statement may have to be corrected: not silent.
    else if (databaseFaultOf(error) !== null)
      logger.warn({ ...failureRecord(error, request), code: refusal.code }, "the database refused a request");
    return sendProblem(request, reply, refusal);
  });
}

/** Answers what Fastify refuses before it knows the route: an address that cannot be read, or a part of it that is too long. */
export function sendFrameworkProblem(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  sendProblem(request, reply, classify(error, request));
}

/** Answers 404 to a request for an unknown address. */
export function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, refusalOf("NOT_FOUND"));
}

/** Answers 405 where the address exists, and names the methods that it has. */
export function sendMethodNotAllowed(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: readonly string[],
): FastifyReply {
  void reply.header("allow", methods.join(", "));
  return sendProblem(request, reply, refusalOf("METHOD_NOT_ALLOWED"));
}

function refusalOf(code: ProblemCode): Refusal {
  return { code, params: {}, members: {}, retryAfterSeconds: null, status: null };
}

interface Refusal {
  code: ProblemCode;
  params: Readonly<Record<string, string>>;
  members: ProblemMembers;
  retryAfterSeconds: number | null;
  /** Set where it is more exact than the catalogue's. */
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

function classify(error: FastifyError, request: FastifyRequest): Refusal {
  if (error instanceof Problem) {
    const { code, params, members, retryAfterSeconds } = error;
    return { ...refusalOf(code), params, members, retryAfterSeconds };
  }
  if (error.validation !== undefined) {
    // A malformed id in the address names nothing: 404, not 400.
    if (error.validationContext === "params") return refusalOf("NOT_FOUND");
    return { ...refusalOf("INVALID_REQUEST"), members: { errors: validationErrors(error) } };
  }
  if (typeof error.code === "string" && isProblemCode(error.code)) {
    return { ...refusalOf(error.code), params: paramsOf(error) };
  }
  const fault = databaseFaultOf(error);
  if (fault === "unusable_value") return refusalOf("INVALID_REQUEST");
  if (fault === "unavailable")
    return { ...refusalOf("UNAVAILABLE"), retryAfterSeconds: unavailableRetrySeconds };
  const status = error.statusCode ?? 500;
  if (status === 413)
    return { ...refusalOf("BODY_TOO_LARGE"), params: { limit: String(request.routeOptions.bodyLimit) } };
  if (status === 414) return refusalOf("ADDRESS_TOO_LONG");
  if (status === 415) return refusalOf("UNSUPPORTED_MEDIA_TYPE");
  if (status === 429) return { ...refusalOf("RATE_LIMITED"), retryAfterSeconds: 60 };
  return status >= 400 && status < 500 ? { ...refusalOf("INVALID_REQUEST"), status } : refusalOf("INTERNAL");
}

/** A database server that was restarted answers again within seconds. */
const unavailableRetrySeconds = 10;

function validationErrors({ validation = [] }: FastifyError): { path: string; message: string }[] {
  return validation.slice(0, 20).flatMap(({ instancePath, params, message = "" }) => {
    const path = instancePath.replace(/^\//, "").replaceAll("/", ".");
    // Names that the endpoint does not have: each is pointed out at its own place.
    const unknown = Array.isArray(params["keys"]) ? params["keys"].slice(0, 20) : [];
    return unknown.length === 0
      ? [{ path, message }]
      : unknown.map((key) => ({ path: path === "" ? String(key) : `${path}.${key}`, message }));
  });
}

function paramsOf(error: object): Record<string, string> {
  if (!("params" in error) || typeof error.params !== "object" || error.params === null) return {};
  return Object.fromEntries(Object.entries(error.params).filter((entry) => typeof entry[1] === "string"));
}

function failureRecord(error: Error, request: FastifyRequest) {
  const { id: reference, method } = request;
  return { reference, route: request.routeOptions.url, method, failure: failureChain(error) };
}
