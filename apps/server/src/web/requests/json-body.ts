import type { FastifyInstance } from "fastify";
import { Problem } from "../../domain/catalogue/problem.ts";

/** Levels of objects and lists in a body. No endpoint takes more than four. */
const depthMax = 16;

/**
 * Parses JSON bodies. An empty one is no body: browsers must say `application/json` even when they send nothing.
 * Texts that PostgreSQL cannot store are refused: with the character zero, or with half of a surrogate pair.
 */
export function addJsonBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = typeof body === "string" ? body : body.toString("utf8");
    if (text === "") return done(null, undefined);
    void parse(request, text, (error: Error | null, value?: unknown) => {
      if (error !== null) return done(new Problem("JSON_INVALID", { cause: error }));
      const mistake = mistakeIn(value);
      done(mistake === null ? null : mistakeProblem("body", mistake), value);
    });
  });
  app.addHook("onRequest", async ({ url }) => {
    if (url.includes("%00")) throw mistakeProblem("address", mistakes.zero);
  });
}

const mistakes = {
  zero: "holds the character zero",
  surrogate: "holds half of a surrogate pair",
  depth: `has more than ${depthMax} levels`,
};

/** Walks level by level, without recursion: the depth of a body is the caller's choice. */
function mistakeIn(body: unknown): string | null {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthMax) return mistakes.depth;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === "string") {
        if (value.includes("\u0000")) return mistakes.zero;
        if (!value.isWellFormed()) return mistakes.surrogate;
      } else if (Array.isArray(value)) for (const one of value) next.push(one);
      else if (typeof value === "object" && value !== null)
        for (const [key, one] of Object.entries(value)) next.push(key, one);
    }
    level = next;
  }
  return null;
}

function mistakeProblem(path: string, message: string): Problem {
  return new Problem("INVALID_REQUEST", { members: { errors: [{ path, message }] } });
}
