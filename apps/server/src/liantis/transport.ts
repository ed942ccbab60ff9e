import { Agent, request } from "undici";
import { errorCodeOf, LiantisFault } from "./faults.ts";

export interface TransportSettings {
  /** Open connections to one host at most. */
  connectionsMax: number;
  /** Until the answer's headers, in milliseconds. */
  headersTimeoutMs: number;
  /** Between two pieces of the body, in milliseconds. */
  bodyTimeoutMs: number;
  /** For the whole exchange, in milliseconds: a body that trickles in must end too. */
  exchangeTimeoutMs: number;
  responseBytesMax: number;
}

interface Ask {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal | undefined;
}

export interface RawAnswer {
  status: number;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
}

export interface Transport {
  /** One exchange, without redirects or retries. Throws LiantisFault, or the reason of the caller's signal. */
  exchange(ask: Ask): Promise<RawAnswer>;
  close(): Promise<void>;
}

/** Exchanges bytes with the provider: connections of its own, time-outs, and a limit for the size of an answer. */
export function createTransport(settings: TransportSettings): Transport {
  const agent = new Agent({
    connections: settings.connectionsMax,
    headersTimeout: settings.headersTimeoutMs,
    bodyTimeout: settings.bodyTimeoutMs,
    maxResponseSize: settings.responseBytesMax,
    connect: { timeout: settings.headersTimeoutMs },
  });
  return {
    exchange: (ask) => exchange(agent, settings.exchangeTimeoutMs, ask),
    close: () => agent.destroy(),
  };
}

/** A transport over another way to exchange bytes; its errors are translated as those of the network are. */
export function transportOver(carry: Transport["exchange"]): Transport {
  return {
    exchange: async (ask) => {
      try {
        return await carry(ask);
      } catch (error) {
        ask.signal?.throwIfAborted();
        throw faultOfTransport(error);
      }
    },
    close: async () => {},
  };
}

async function exchange(agent: Agent, timeoutMs: number, ask: Ask): Promise<RawAnswer> {
  ask.signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = ask.signal === undefined ? deadline : AbortSignal.any([ask.signal, deadline]);
  try {
    const answer = await request(ask.url, {
      dispatcher: agent,
      method: ask.method,
      headers: { ...ask.headers, "accept-encoding": "identity" },
      body: ask.body ?? null,
      signal,
    });
    const body = new Uint8Array(await answer.body.arrayBuffer());
    return { status: answer.statusCode, headers: readHeaders(answer.headers), body };
  } catch (error) {
    ask.signal?.throwIfAborted();
    throw faultOfTransport(error);
  }
}

function readHeaders(raw: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const item of typeof value === "string" ? [value] : (value ?? [])) headers.append(name, item);
  }
  return headers;
}

function faultOfTransport(cause: unknown): LiantisFault {
  if (errorCodeOf(cause) === "UND_ERR_RES_EXCEEDED_MAX_SIZE") {
    return new LiantisFault("MALFORMED_ANSWER", "The answer of Liantis is larger than we read", { cause });
  }
  return new LiantisFault("UNAVAILABLE", "Liantis could not be reached", { cause });
}
