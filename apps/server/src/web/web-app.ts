import { existsSync } from "node:fs";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { sendNotFound } from "./error-edge.ts";

/**
 * Serves the built web app: files with a hash in their name are cached for ever, and any other address that a browser opens
 * gets the app's page. The rest answers 404.
 */
export async function addWebApp(app: FastifyInstance, directory: string | null): Promise<void> {
  const page = directory !== null && existsSync(path.join(directory, "index.html"));
  if (page) {
    await app.register(fastifyStatic, {
      root: directory,
      index: "index.html",
      cacheControl: false,
      setHeaders: (reply, file) => {
        const hashed = path.relative(directory, file).startsWith(`assets${path.sep}`);
        void reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (page && wantsPage(request)) return reply.sendFile("index.html");
    return sendNotFound(request, reply);
  });
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  const isRead = method === "GET" || method === "HEAD";
  const isServedElsewhere = /^\/(?:api|assets|connect)(?:\/|$)/.test(url.split("?")[0] ?? "");
  return isRead && !isServedElsewhere && (headers.accept ?? "").includes("text/html");
}
