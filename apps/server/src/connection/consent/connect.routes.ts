import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "../../domain/catalogue/problem.ts";
import { renderProblem } from "../../texts/problems.ts";
import type { AppDeps } from "../../web/app-deps.ts";
import { ensureTransactionCookie } from "../../web/consent-cookie.ts";
import { negotiateLanguage } from "../../web/requests/language.ts";
import { assertSameOrigin } from "../../web/same-origin.ts";
import { followConnectLink, readConnectLink } from "./connect-link.ts";
import { connectStyles, renderConnectPage, renderDonePage, renderProblemPage } from "./connect-page.ts";

/** The pages for a main user who gives the consent without an account here: rendered by the server, without a script. */
export function registerConnectRoutes(app: FastifyInstance, deps: AppDeps): void {
  const config = { access: { roles: [], tenant: "public" } } as const;
  const schema = { hide: true };
  app.get("/connect/page.css", { config, schema }, async (_request, reply) =>
    reply.header("cache-control", "public, max-age=3600").type("text/css; charset=utf-8").send(connectStyles),
  );
  app.get("/connect/done", { config, schema }, async (request, reply) => {
    const query = new URL(request.url, deps.publicUrl).searchParams;
    return sendPage(reply, 200, renderDonePage(languageOf(request), query));
  });
  app.get<{ Params: { token: string } }>("/connect/:token", { config, schema }, async (request, reply) => {
    const read = await readConnectLink(deps.activation, request.params.token);
    if (read.kind === "ended") return sendProblem(request, reply, deps, new Problem("CONNECT_LINK_ENDED"));
    return sendPage(reply, 200, renderConnectPage(languageOf(request), read));
  });
  app.post<{ Params: { token: string } }>("/connect/:token", { config, schema }, async (request, reply) => {
    try {
      assertSameOrigin(request, deps.publicUrl);
      return await follow(request, reply, deps);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return sendProblem(request, reply, deps, error);
    }
  });
}

async function follow(
  request: FastifyRequest<{ Params: { token: string } }>,
  reply: FastifyReply,
  { activation, publicUrl }: AppDeps,
): Promise<FastifyReply> {
  const transactionHash = ensureTransactionCookie(request, reply, publicUrl);
  const followed = await followConnectLink(activation, request.params.token, transactionHash);
  if (followed.kind === "ended") throw new Problem("CONNECT_LINK_ENDED");
  return await reply.header("cache-control", "no-store").redirect(followed.url, 303);
}

function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  { logger }: AppDeps,
  { code, params }: Problem,
): FastifyReply {
  const language = languageOf(request);
  const reference = request.id;
  if (code === "INTERNAL") logger.error({ reference, code }, "a connect link could not be followed");
  const problem = renderProblem(code, { ...params, reference }, language);
  return sendPage(reply, problem.status, renderProblemPage(language, problem));
}

function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return (
    reply
      .code(status)
      .header("cache-control", "no-store")
      // With no-referrer the browser would post the form with `Origin: null`. Other sites get no referrer with this one either.
      .header("referrer-policy", "same-origin")
      .type("text/html; charset=utf-8")
      .send(html)
  );
}

function languageOf(request: FastifyRequest) {
  return negotiateLanguage(request.headers["accept-language"]);
}
