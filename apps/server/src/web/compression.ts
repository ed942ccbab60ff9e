import { constants } from "node:zlib";
import compress from "@fastify/compress";
import type { FastifyInstance } from "fastify";

/** Shorter answers gain nothing. */
const bytesMin = 1024;

/**
 * Compresses the JSON answers of every GET that is registered after this. Answers of a POST stay as they are: they can hold a token or
 * a connect link, and the length of a compressed answer reveals something of a secret next to a text of the caller (BREACH). Sessions
 * stay as they are for the same reason. Requests are never decompressed.
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
