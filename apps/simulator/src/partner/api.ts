import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ArmedFaults } from "../faults/armed.ts";
import type { FaultReach } from "../faults/fault-kind.ts";
import { type Employer, shownWorker } from "../state/employer.ts";
import type { World } from "../state/world.ts";
import { type Answer, deliver, jsonAnswer, problem } from "./answer.ts";
import type { CursorCodec } from "./cursor.ts";
import { type ListedPage, listPage } from "./listing.ts";
import type { RequestLog } from "./request-log.ts";
import type { PartnerTokens } from "./tokens.ts";
import { WAGE_CODES } from "./wage-codes.ts";

export interface PartnerApiParts {
  readonly world: World;
  readonly tokens: PartnerTokens;
  readonly faults: ArmedFaults;
  readonly log: RequestLog;
  readonly codec: CursorCodec;
}

interface Answered {
  readonly answer: Answer;
  readonly listed?: ListedPage;
}

type Params = { enterpriseNumber: string; workerId: string };
type Query = Record<string, string | string[] | undefined>;
type Call = FastifyRequest<{ Params: Params; Querystring: Query }>;

const LIMIT = /^\d{1,3}$/;

/** The partner API, version 1, as in `contract/liantis-partner-api.yaml`. */
export function registerPartnerApi(app: FastifyInstance, parts: PartnerApiParts): void {
  const { world } = parts;
  const route = (url: string, scope: string, reach: FaultReach, answerTo: (call: Call) => Answered) => {
    app.get<{ Params: Params; Querystring: Query }>(url, async (request, reply) => {
      await answerCall(parts, {
        request,
        reply,
        reach,
        answered: refuseToken(parts, request, scope) ?? answerTo(request),
      });
    });
  };
  const withConsent = (call: Call, answerTo: (employer: Employer) => Answered): Answered => {
    const employer = findEmployer(world, call);
    if (employer === null) return { answer: employerNotFound() };
    return employer.consent.status === "granted" ? answerTo(employer) : { answer: noConsent(employer) };
  };

  route("/v1/employers/:enterpriseNumber", "employers:read", "employer", (call) => {
    const employer = findEmployer(world, call);
    if (employer === null) return { answer: employerNotFound() };
    const { enterpriseNumber, name, consent } = employer;
    return { answer: jsonAnswer({ enterpriseNumber, name, consent }) };
  });
  route("/v1/employers/:enterpriseNumber/workers", "workers:read", "workers", (call) =>
    withConsent(call, (employer) => answerListing(parts, employer, call.query)),
  );
  route("/v1/employers/:enterpriseNumber/workers/:workerId", "workers:read", "api", (call) =>
    withConsent(call, (employer) => ({ answer: answerWorker(world, employer, call.params.workerId) })),
  );
  route("/v1/employers/:enterpriseNumber/wage-codes", "employers:read", "api", (call) =>
    withConsent(call, () => ({ answer: jsonAnswer({ items: WAGE_CODES }) })),
  );
}

async function answerCall(
  parts: PartnerApiParts,
  call: { request: FastifyRequest; reply: FastifyReply; reach: FaultReach; answered: Answered },
): Promise<void> {
  const { request, reply, answered } = call;
  const path = request.url.split("?", 1)[0] ?? "";
  const listed = answered.listed ?? null;
  const answer = parts.faults.applyFaults(answered.answer, { path, listed }, ["anywhere", "api", call.reach]);
  const status = answer.delivery === "whole" ? answer.status : answer.delivery;
  parts.log.add({ method: request.method, path, page: listed?.pageNumber ?? null, status });
  reply.hijack();
  await deliver(reply.raw, answer);
}

function refuseToken(parts: PartnerApiParts, request: FastifyRequest, scope: string): Answered | null {
  const [scheme, token] = (request.headers.authorization ?? "").split(" ", 2);
  const scopes =
    scheme?.toLowerCase() === "bearer" && token !== undefined ? parts.tokens.scopesOf(token) : null;
  if (scopes === null) return { answer: challenge(problem(401, "invalid-token", "No valid partner token.")) };
  if (scopes.has(scope)) return null;
  return { answer: problem(403, "insufficient-scope", `The token lacks the scope ${scope}.`) };
}

function challenge(answer: Answer): Answer {
  return { ...answer, headers: { "www-authenticate": 'Bearer error="invalid_token"' } };
}

function findEmployer(world: World, call: Call): Employer | null {
  const employer = world.employers.get(call.params.enterpriseNumber);
  return employer?.available === true ? employer : null;
}

function answerListing(parts: PartnerApiParts, employer: Employer, query: Query): Answered {
  const limit = parseLimit(query["limit"]);
  if (limit === null)
    return { answer: problem(400, "invalid-request", "limit must be a whole number from 1 to 500.") };
  const { clock } = parts.world;
  const text = query["cursor"];
  const cursor =
    typeof text === "string" ? parts.codec.read(text, employer.enterpriseNumber, clock.nowMs()) : null;
  if (text !== undefined && cursor === null) {
    return { answer: problem(410, "cursor-expired", "Start again at page one.") };
  }
  const listed = listPage({ employer, clock, codec: parts.codec, limit }, cursor);
  return { answer: jsonAnswer(listed.page), listed };
}

function parseLimit(text: string | string[] | undefined): number | null {
  if (text === undefined) return 100;
  if (typeof text !== "string" || !LIMIT.test(text)) return null;
  const limit = Number(text);
  return limit >= 1 && limit <= 500 ? limit : null;
}

function answerWorker(world: World, employer: Employer, workerId: string): Answer {
  const today = world.clock.today();
  const raw = employer.worker(workerId);
  if (raw === undefined || !employer.isVisible(workerId, today)) {
    return problem(404, "worker-not-found", "No worker with this id is shown for this employer.");
  }
  return jsonAnswer(shownWorker(raw, today));
}

function employerNotFound(): Answer {
  return problem(404, "employer-not-found", "No employer with this number has the integration.");
}

function noConsent(employer: Employer): Answer {
  return employer.consent.status === "revoked"
    ? problem(403, "consent-revoked", "The employer has revoked the consent.")
    : problem(403, "consent-missing", "The employer has not given consent.");
}
