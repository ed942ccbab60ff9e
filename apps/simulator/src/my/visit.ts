import type { FastifyReply, FastifyRequest } from "fastify";
import type { Employer } from "../state/employer.ts";
import type { Person } from "../state/people.ts";

export type Form = Record<string, string>;
export type SiteRequest = FastifyRequest<{
  Params: { enterpriseNumber: string; workerId: string; contractId: string };
  Querystring: Record<string, string | undefined>;
  Body: Form | undefined;
}>;
type OnEmployer = (visit: {
  request: SiteRequest;
  reply: FastifyReply;
  person: Person;
  employer: Employer;
}) => FastifyReply | Promise<FastifyReply>;

/** Wraps a page of one employer: logs in first where needed and keeps strangers out. */
export type EmployerPage = (
  answer: OnEmployer,
) => (request: SiteRequest, reply: FastifyReply) => Promise<FastifyReply>;
