import type { FastifyRequest } from "fastify";
import type { Viewer } from "../runs/run-answer.ts";
import { negotiateLanguage } from "./requests/language.ts";
import { principalOf } from "./route-access.ts";

/** The reader of an answer: their language, and whether they see wages. */
export function viewerOf(request: FastifyRequest, now: Date): Viewer {
  const language = negotiateLanguage(request.headers["accept-language"]);
  return { language, seesWages: principalOf(request).seesWages, now };
}
