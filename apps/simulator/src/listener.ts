import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import type { Provider } from "oidc-provider";
import type { ArmedFaults } from "./faults/armed.ts";
import { type Answer, deliver } from "./partner/answer.ts";
import type { RequestLog } from "./partner/request-log.ts";

interface ServedParts {
  readonly app: FastifyInstance;
  readonly faults: ArmedFaults;
  readonly log: RequestLog;
  /** OpenID providers by the first part of their path. */
  readonly providers: Readonly<Record<string, Provider>>;
}

export interface RunningListener {
  readonly url: string;
  /** Calls that came before this wait until now. */
  serve(parts: ServedParts): void;
  close(): Promise<void>;
}

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** Opens the port first: the providers need to know their own address before they can be made. */
export async function listen(port: number, host: string): Promise<RunningListener> {
  const { promise: answering, resolve: serve } = Promise.withResolvers<Answering>();
  const server = createServer((request, response) => {
    void answering.then((answer) => answer(request, response));
  });
  server.listen(port, host);
  await once(server, "listening");
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    serve: (parts) => serve(createAnswering(parts)),
    close: () => closeServer(server),
  };
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  // Stalled answers and idle keep-alive connections would hold the server open for ever.
  server.closeAllConnections();
  await closed;
}

const UNTOUCHED: Answer = {
  status: 200,
  contentType: "",
  headers: {},
  body: null,
  delivery: "whole",
  delayMs: 0,
};

function createAnswering({ app, faults, log, providers }: ServedParts): Answering {
  const callbacks = new Map(Object.entries(providers).map(([name, provider]) => [name, provider.callback()]));
  return (request, response) => {
    const url = request.url ?? "/";
    const [, mount = ""] = url.split("/", 2);
    const callback = callbacks.get(mount);
    if (callback === undefined) {
      app.routing(request, response);
      return;
    }
    void answerOpenId({ request, response, url, mount, faults, log, callback });
  };
}

interface OpenIdCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: string;
  readonly mount: string;
  readonly faults: ArmedFaults;
  readonly log: RequestLog;
  readonly callback: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

async function answerOpenId(call: OpenIdCall): Promise<void> {
  const { request, response, url, mount, faults, log } = call;
  const path = url.split("?", 1)[0] ?? url;
  const spoiled = faults.spoilNamed(UNTOUCHED, path);
  const isReplaced = spoiled.contentType !== "" || spoiled.text !== undefined || spoiled.delivery !== "whole";
  if (isReplaced) {
    log.add({ method: request.method ?? "GET", path, page: null, status: spoiled.status });
    await deliver(response, spoiled);
    return;
  }
  if (spoiled.delayMs > 0) await deliver(response, { ...spoiled, delivery: "stall" });
  // The steps of a log-in carry one-time names in their path: only what machines call is noted.
  if (!path.startsWith(`/${mount}/auth`))
    response.once("finish", () =>
      log.add({ method: request.method ?? "GET", path, page: null, status: response.statusCode }),
    );
  if (path === `/${mount}/auth`) forgetCookies(request);
  // The provider finds out from the difference where it is mounted.
  Object.assign(request, { originalUrl: url, url: url.slice(mount.length + 1) });
  await call.callback(request, response);
}

/** Every authorization begins with a log-in, so that a test or a demo can be somebody else each time. */
function forgetCookies(request: IncomingMessage): void {
  delete request.headers.cookie;
}
