import type { FastifyInstance } from "fastify";

/** JSON bodies, where an empty one is no body: browsers must say `application/json` even when there is nothing to send. */
export function addJsonBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body === "") done(null, undefined);
    else void parse(request, typeof body === "string" ? body : body.toString("utf8"), done);
  });
}
