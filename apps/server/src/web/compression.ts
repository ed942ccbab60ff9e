import { constants } from "node:zlib";
import compress from "@fastify/compress";
import type { FastifyInstance } from "fastify";

/** Shorter answers gain nothing. */
const bytesMin = 1024;

/**
 * Compresses the JSON of every GET that is registered after this. Answers of a POST are left out, because they can hold a token or a
 * connect link: the length of a compressed answer tells something about a secret beside a text that the caller chose (BREACH).
 * Sessions are left out for the same reason. Requests are never decompressed.
 */
export async function addCompression(app: FastifyInstance): Promise<void> {
  app.addHook("onRoute", (route) => {
    const isRead = [route.method].flat().every((method) => method === "GET" || method === "HEAD");
    if (!isRead || route.url.startsWith("/api/v1/session")) route.compress = false;
  });
  await app.register(compress, {
    globalDecompression: false,
    encodings: ["br", "gzip"],
    customTypes: /^application\/json\b/,
    threshold: bytesMin,
    // As quick as gzip, and smaller.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
}
