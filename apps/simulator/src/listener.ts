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
  /** Starts answering. Calls that arrived earlier have waited for this. */
  serve(parts: ServedParts): void;
  close(): Promise<void>;
}

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** Opens the port before anything is served: the OpenID providers need their own address to be created. */
export async function listen(port: number, host: string): Promise<RunningListener> {
  const { promise: handlerReady, resolve: useHandler } = Promise.withResolvers<RequestHandler>();
  const server = createServer((request, response) => {
    void handlerReady.then((handle) => handle(request, response));
  });
  server.listen(port, host);
  await once(server, "listening");
  const { port: openPort } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${openPort}`,
    serve: (parts) => useHandler(createRequestHandler(parts)),
    close: () => closeServer(server),
  };
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  // Stalled answers and idle keep-alive connections would keep the server open for ever.
  server.closeAllConnections();
  await closed;
}

const UNCHANGED_ANSWER: Answer = {
  status: 200,
  contentType: "",
  headers: {},
  body: null,
  delivery: "whole",
  delayMs: 0,
};

function createRequestHandler({ app, faults, log, providers }: ServedParts): RequestHandler {
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
  const faulty = faults.applyFaultsByPath(UNCHANGED_ANSWER, path);
  const isReplaced = faulty.contentType !== "" || faulty.text !== undefined || faulty.delivery !== "whole";
  if (isReplaced) {
    log.add({ method: request.method ?? "GET", path, page: null, status: faulty.status });
    await deliver(response, faulty);
    return;
  }
  if (faulty.delayMs > 0) await deliver(response, { ...faulty, delivery: "stall" });
  // The pages of a log-in have one-time ids in their path: they are not logged.
  if (!path.startsWith(`/${mount}/auth`))
    response.once("finish", () =>
      log.add({ method: request.method ?? "GET", path, page: null, status: response.statusCode }),
    );
  if (path === `/${mount}/auth`) removeCookies(request);
  // The provider derives the path where it is mounted from the difference of the two.
  Object.assign(request, { originalUrl: url, url: url.slice(mount.length + 1) });
  await call.callback(request, response);
}

/** Without cookies every authorization begins with a log-in, so that a test can log in as another person each time. */
function removeCookies(request: IncomingMessage): void {
  delete request.headers.cookie;
}
