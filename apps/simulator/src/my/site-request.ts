import type { FastifyReply, FastifyRequest } from "fastify";
import type { Employer } from "../state/employer.ts";
import type { Person } from "../state/people.ts";

export type Form = Record<string, string>;
export type SiteRequest = FastifyRequest<{
  Params: { enterpriseNumber: string; workerId: string; contractId: string };
  Querystring: Record<string, string | undefined>;
  Body: Form | undefined;
}>;
type EmployerPageHandler = (visit: {
  request: SiteRequest;
  reply: FastifyReply;
  person: Person;
  employer: Employer;
}) => FastifyReply | Promise<FastifyReply>;

/** Makes a route of a page about one employer. It asks for a log-in and refuses people without the right. */
export type EmployerPage = (
  answer: EmployerPageHandler,
) => (request: SiteRequest, reply: FastifyReply) => Promise<FastifyReply>;
