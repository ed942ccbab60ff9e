import type { AnswerOf, ArgumentsOf } from "@payflip/contract/endpoint.ts";
import type { EndpointName, Endpoints } from "@payflip/contract/endpoints.ts";
import { endpoints } from "virtual:endpoints";
import { currentLanguage } from "../intl/language.ts";
import { addressOf, type Params, type Query } from "./address.ts";
import { ApiProblem, ConnectionLost, type Problem } from "./problem.ts";

/** What a call of this endpoint takes, and what it answers. */
export type Arguments<Name extends EndpointName> = ArgumentsOf<Endpoints[Name]>;
export type Answer<Name extends EndpointName> = AnswerOf<Endpoints[Name]>;

/** The same without the types of one endpoint. */
interface Parts {
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: unknown;
}

/**
 * Calls an endpoint of our API with the session cookie, in the language of the screen. Answers null where the endpoint
 * answers nothing.
 *
 * @throws ApiProblem when the server answers with a problem (RFC 9457).
 * @throws ConnectionLost when there is no answer at all.
 */
export async function call<Name extends EndpointName>(
  name: Name,
  args: Arguments<Name>,
  signal?: AbortSignal,
): Promise<Answer<Name>> {
  const response = await send(name, args as Parts, signal);
  if (!response.ok) throw await readProblem(response);
  return (response.status === 204 ? null : await response.json()) as Answer<Name>;
}

/** The address of an endpoint, for what the browser opens itself. */
export function addressOfCall<Name extends EndpointName>(name: Name, args: Arguments<Name>): string {
  const { params, query } = args as Parts;
  return addressOf(endpoints[name].path, params, query);
}

async function send(
  name: EndpointName,
  { params, query, body }: Parts,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const { method, path } = endpoints[name];
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": currentLanguage(),
  };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method === "POST") headers["Idempotency-Key"] = crypto.randomUUID();
  try {
    return await fetch(addressOf(path, params, query), {
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
