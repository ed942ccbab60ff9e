import { createServer } from "node:http";
import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";

/** Metrics of one process for Prometheus: numbers and codes, no names of people or customers. */
export interface Metrics {
  runEnded(verdict: string, code: string | null): void;
  /** Serves `/metrics` on its own address. @returns a function that stops it */
  serve(bind: { host: string; port: number }): Promise<() => Promise<void>>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const runs = new Counter({
    name: "liantis_runs_ended_total",
    help: "Runs that ended, by verdict and by the code that ended them",
    labelNames: ["verdict", "code"],
    registers: [registry],
  });
  const partnerAccess = new Gauge({
    name: "liantis_partner_access",
    help: "0 when Liantis refused our own credential at the last run that ended, else 1",
    registers: [registry],
  });
  partnerAccess.set(1);
  return {
    runEnded: (verdict, code) => {
      runs.inc({ verdict, code: code ?? "" });
      partnerAccess.set(code === "PARTNER_AUTH_FAILED" ? 0 : 1);
    },
    serve: (bind) => serve(registry, bind),
  };
}

async function serve(
  registry: Registry,
  { host, port }: { host: string; port: number },
): Promise<() => Promise<void>> {
  // Here, since they observe the process: one that serves no metrics pays nothing for them.
  collectDefaultMetrics({ register: registry });
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") return void response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { "content-type": registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
}
