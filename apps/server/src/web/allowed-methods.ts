import type { FastifyInstance, FastifyRequest } from "fastify";

/**
 * Remembers the methods of each route that is registered after this. An address that exists, but not with the method of the
 * request, then answers 405 and not 404.
 *
 * @returns the methods of the address of a request; empty for an unknown address
 */
export function collectMethods(app: FastifyInstance): (request: Pick<FastifyRequest, "url">) => string[] {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook("onRoute", ({ url, method }) => {
    // A wildcard serves files: which of its addresses exist, only the disk knows.
    if (url.includes("*")) return;
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });
  return ({ url }) => {
    const address = url.split(/[?#]/, 1)[0] ?? "";
    const methods = [...routes.values()]
      .filter(({ pattern }) => pattern.test(address))
      .flatMap((route) => [...route.methods]);
    return [...new Set(methods)].toSorted();
  };
}

function patternOf(url: string): RegExp {
  const parts = url.split("/").map((part) => (part.startsWith(":") ? "[^/]+" : part.replaceAll(".", "\\.")));
  return new RegExp(`^${parts.join("/")}$`);
}
