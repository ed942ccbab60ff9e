import process from "node:process";
import { pino } from "pino";
import { readConfig } from "../apps/server/src/config.ts";
import { composeServer } from "../apps/server/src/server.ts";
import { pageSize, type Prepare } from "./messages.ts";
import { measureSide } from "./side.ts";

/** Our side: a run as a worker process of production carries it out, from the queued run to its report. */
await measureSide(async ({ databaseUrl, providerUrl }) => {
  const server = await composeServer(settings({ databaseUrl, providerUrl }), {
    // A run is carried out by hand here: nothing takes jobs.
    queue: "none",
    logger: pino({ level: "warn" }, process.stderr),
    engine: {
      pageSize,
      pause: () => Promise.reject(new Error("a provider without latency needs no pause")),
    },
  });
  return {
    prepare: async ({ customerId, entityId }) => {
      const { runId } = await server.queueRun({ customerId, entityId, trigger: "manual" });
      return runId;
    },
    run: async ({ customerId }, runId) => {
      const end = await server.carryOut({ customerId, runId }, AbortSignal.timeout(3_600_000));
      if (end.kind !== "ended" || end.verdict !== "in_order")
        throw new Error(`the run did not end in order: ${JSON.stringify(end)}`);
    },
    close: () => server.close(),
  };
});

/** As in production, except for the calls per second: they would measure the provider. */
function settings({ databaseUrl, providerUrl }: Pick<Prepare, "databaseUrl" | "providerUrl">) {
  return readConfig({
    ROLE: "worker",
    DATABASE_URL: databaseUrl,
    LIANTIS_API_URL: providerUrl,
    LIANTIS_ISSUER_URL: providerUrl,
    LIANTIS_CLIENT_ID: "partner",
    LIANTIS_CLIENT_SECRET: "partner",
    MYLIANTIS_URL: providerUrl,
    PROVIDER_CALLS_AT_ONCE: "8",
    PROVIDER_CALLS_PER_SECOND: "1000",
    SECRET_KEYS: `bench:${Buffer.alloc(32, 1).toString("base64")}`,
  });
}
