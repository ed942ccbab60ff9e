import type { FastifyInstance } from "fastify";
import { Problem } from "../../domain/catalogue/problem.ts";

/**
 * JSON bodies, where an empty one is no body: browsers must say `application/json` even when there is nothing to send.
 * No text, in a body or an address, may hold the character zero: nobody writes it, and the database cannot keep it.
 */
export function addJsonBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = typeof body === "string" ? body : body.toString("utf8");
    if (text === "") return done(null, undefined);
    const judged = (error: Error | null, value?: unknown) =>
      error === null && text.includes("\\u0000") && holdsZero(value)
        ? done(hasZero("body"))
        : done(error, value);
    void parse(request, text, judged);
  });
  app.addHook("onRequest", async ({ url }) => {
    if (url.includes("%00")) throw hasZero("address");
  });
}

function holdsZero(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\u0000");
  return typeof value === "object" && value !== null && Object.entries(value).flat().some(holdsZero);
}

function hasZero(path: string): Problem {
  return new Problem("INVALID_REQUEST", {
    members: { errors: [{ path, message: "holds the character zero" }] },
  });
}
