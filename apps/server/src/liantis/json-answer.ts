import { LiantisFault } from "./faults.ts";
import type { RawAnswer } from "./transport.ts";

/**
 * The JSON of a successful answer; a byte order mark is tolerated.
 *
 * @throws LiantisFault UNAVAILABLE for anything that is no complete JSON document (a web page, an empty or truncated
 *   body, bytes that are not UTF-8): a proxy answered, not the provider.
 */
export function readJson(answer: RawAnswer): unknown {
  if (!isJson(answer)) throw notJson(answer.status);
  try {
    return JSON.parse(utf8.decode(answer.body));
  } catch (cause) {
    throw notJson(answer.status, cause);
  }
}

/** The name in `type` of a problem document (its last part, should it be an address), or null if there is none. */
export function readProblemType(answer: RawAnswer): string | null {
  if (!isJson(answer) || answer.body.byteLength > problemBytesMax) return null;
  try {
    const problem: unknown = JSON.parse(utf8.decode(answer.body));
    if (typeof problem !== "object" || problem === null || !("type" in problem)) return null;
    return typeof problem.type === "string" ? (problem.type.split(/[/#:]/).at(-1) ?? null) : null;
  } catch {
    return null;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
const problemBytesMax = 65_536;

function isJson(answer: RawAnswer): boolean {
  const mediaType = (answer.headers.get("content-type") ?? "").split(";")[0] ?? "";
  return /^application\/(?:[\w.-]+\+)?json$/i.test(mediaType.trim());
}

function notJson(status: number, cause?: unknown): LiantisFault {
  return new LiantisFault("UNAVAILABLE", "The answer of Liantis is no complete JSON document", {
    status,
    cause,
  });
}
