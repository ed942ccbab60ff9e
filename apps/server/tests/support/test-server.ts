import type { Simulator } from "../../../simulator/src/simulator.ts";
import { type Config, readConfig } from "../../src/config.ts";
import type { ServerOverrides } from "../../src/server-overrides.ts";
import { composeServer, type Server } from "../../src/server.ts";
import type { TestDatabase } from "./database.ts";

/** Where nothing listens. */
const nowhere = "http://127.0.0.1:9";

/** The same in every process: one worker compares the hashes that another kept with a preview. */
const secretKeys = `test:${Buffer.alloc(32, 1).toString("base64")}`;

/** The settings of a test's server: those that lead to a simulated Liantis, or to none. */
export function testConfig(simulator: Simulator | null, settings: Record<string, string> = {}): Config {
  return readConfig({
    LIANTIS_API_URL: simulator?.url ?? nowhere,
    LIANTIS_ISSUER_URL: simulator?.issuerUrl ?? nowhere,
    LIANTIS_CLIENT_ID: simulator?.clientId ?? "payflip",
    LIANTIS_CLIENT_SECRET: simulator?.clientSecret ?? "secret",
    MYLIANTIS_URL: simulator?.myUrl ?? "https://my.liantis.example",
    SECRET_KEYS: secretKeys,
    LOG_LEVEL: "silent",
    ROLE: "worker",
    ...settings,
  });
}

/** The parts of the product over a test's database. A queue and notifications are there where a test asks for them. */
export async function composeTestServer(
  t: { after(end: () => Promise<void>): void },
  database: TestDatabase,
  { config = testConfig(null), provider, ...overrides }: ServerOverrides & { config?: Config } = {},
): Promise<Server> {
  const server = await composeServer(config, {
    database,
    queue: "none",
    notifications: "none",
    provider: { callLimit: "own", retryPauseMs: 1, ...provider },
    ...overrides,
  });
  t.after(() => server.close());
  return server;
}
