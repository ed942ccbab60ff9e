import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { sendMethodNotAllowed, sendNotFound } from "./error-edge.ts";

/**
 * Serves the built web app: files with a hash in their name are cached for ever, and any other address that a browser opens
 * gets the app's page. The rest answers 404, or 405 where the address exists with another method.
 */
export async function addWebApp(
  app: FastifyInstance,
  directory: string | null,
  methodsOf: (request: FastifyRequest) => string[],
): Promise<void> {
  const page = directory !== null && existsSync(path.join(directory, "index.html"));
  if (page) {
    await app.register(fastifyStatic, {
      root: directory,
      index: "index.html",
      cacheControl: false,
      // The build has a .br and a .gz file beside each that becomes smaller.
      preCompressed: true,
      setHeaders: (reply, file) => {
        const hashed = path.relative(directory, file).startsWith(`assets${path.sep}`);
        void reply.header("vary", "accept-encoding");
        void reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  const files = page && directory !== null ? filesBelow(directory) : new Set<string>();
  app.setNotFoundHandler((request, reply) => {
    const isPage = page && wantsPage(request);
    if (isPage && isRead(request)) return reply.sendFile("index.html");
    const hasFile = files.has(addressOf(request));
    const methods = isPage || hasFile ? ["GET", "HEAD"] : methodsOf(request);
    return methods.length > 0 && !methods.includes(request.method)
      ? sendMethodNotAllowed(request, reply, methods)
      : sendNotFound(request, reply);
  });
}

/** The addresses of the files, with `/` for the page. */
function filesBelow(directory: string): Set<string> {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" });
  return new Set(["/", ...files.map((file) => `/${file.split(path.sep).join("/")}`)]);
}

function addressOf({ url }: FastifyRequest): string {
  return url.split("?")[0] ?? "";
}

function isRead({ method }: FastifyRequest): boolean {
  return method === "GET" || method === "HEAD";
}

function wantsPage(request: FastifyRequest): boolean {
  const isServedElsewhere = /^\/(?:api|assets|connect)(?:\/|$)/.test(addressOf(request));
  return !isServedElsewhere && (request.headers.accept ?? "").includes("text/html");
}
