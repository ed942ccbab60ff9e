import type { FastifyInstance } from "fastify";
import { Problem } from "../../domain/catalogue/problem.ts";

/**
 * Parses JSON bodies. An empty one is no body: browsers must say `application/json` even when they send nothing.
 * A body or an address with the character zero is refused: PostgreSQL cannot store it.
 */
export function addJsonBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = typeof body === "string" ? body : body.toString("utf8");
    if (text === "") return done(null, undefined);
    const checkZero = (error: Error | null, value?: unknown) =>
      error === null && text.includes("\\u0000") && hasZero(value)
        ? done(zeroProblem("body"))
        : done(error, value);
    void parse(request, text, checkZero);
  });
  app.addHook("onRequest", async ({ url }) => {
    if (url.includes("%00")) throw zeroProblem("address");
  });
}

function hasZero(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\u0000");
  return typeof value === "object" && value !== null && Object.entries(value).flat().some(hasZero);
}

function zeroProblem(path: string): Problem {
  return new Problem("INVALID_REQUEST", {
    members: { errors: [{ path, message: "holds the character zero" }] },
  });
}
