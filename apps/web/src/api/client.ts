import { currentLanguage } from "../intl/language.ts";
import { ApiProblem, ConnectionLost, type Problem } from "./problem.ts";

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/**
 * One call to our API, with the session cookie, in the language of the screen.
 *
 * @throws ApiProblem when the server answers with a problem (RFC 9457).
 * @throws ConnectionLost when there is no answer at all.
 */
export async function request<T>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const response = await send(method, path, body, signal);
  if (!response.ok) throw await readProblem(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Builds `?a=1&b=2` from the parameters that have a value. */
export function query(parameters: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

async function send(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": currentLanguage(),
  };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method === "POST") headers["Idempotency-Key"] = crypto.randomUUID();
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ConnectionLost({ cause });
  }
}

async function readProblem(response: Response): Promise<Error> {
  const isProblem = response.headers.get("content-type")?.includes("json") ?? false;
  if (!isProblem) return new ConnectionLost({ cause: response.status });
  try {
    return new ApiProblem(response.status, (await response.json()) as Problem);
  } catch (cause) {
    return new ConnectionLost({ cause });
  }
}
