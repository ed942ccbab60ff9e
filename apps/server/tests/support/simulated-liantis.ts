import { randomBytes } from "node:crypto";
import { type Simulator, startSimulator } from "../../../simulator/src/simulator.ts";
import { createLiantis, type Liantis } from "../../src/liantis/liantis.ts";

/** The address that the consents of these tests return to; nothing listens there. */
export const redirectUri = "http://127.0.0.1:3999/api/v1/liantis/callback";

export interface Provider {
  simulator: Simulator;
  liantis: Liantis;
  close(): Promise<void>;
}

/** The simulator in this process and our client of it. */
export async function startProvider(): Promise<Provider> {
  const simulator = await startSimulator({ redirectUris: [redirectUri] });
  const liantis = createLiantis({
    ...settingsOf({ simulator }),
    headersTimeoutMs: 300,
    bodyTimeoutMs: 300,
    exchangeTimeoutMs: 2000,
  });
  const close = async () => {
    await liantis.close();
    await simulator.close();
  };
  return { simulator, liantis, close };
}

/** Where the provider is and who we are to it, for another client of it. */
export function settingsOf({ simulator }: Pick<Provider, "simulator">) {
  return {
    apiUrl: simulator.url,
    issuerUrl: simulator.issuerUrl,
    myLiantisUrl: simulator.myUrl,
    clientId: simulator.clientId,
    clientSecret: simulator.clientSecret,
    retryPauseMs: 1,
  };
}

/** An employer with a main user, a plain user and an accountant of its own. */
export function createEmployer(
  simulator: Simulator,
  options: { workers?: number; consent?: "none" | "granted" | "revoked" } = {},
): { enterpriseNumber: string; mainUser: string; user: string; accountant: string; mainUserEmail: string } {
  const mark = randomBytes(4).toString("hex");
  const mainUser = `main-${mark}`;
  const mainUserEmail = `main-${mark}@example.be`;
  const { enterpriseNumber } = simulator.control.createEmployer({
    name: `Employer ${mark}`,
    seed: mark,
    workers: options.workers ?? 3,
    consent: options.consent ?? "none",
    mainUser: { username: mainUser, name: "Marie Peeters", email: mainUserEmail },
  });
  const others = { user: `user-${mark}`, accountant: `accountant-${mark}` };
  for (const [role, username] of Object.entries(others)) {
    simulator.control.addPerson({
      username,
      name: "Somebody Else",
      email: `${username}@example.be`,
      roles: { [enterpriseNumber]: role === "user" ? "user" : "accountant" },
    });
  }
  return { enterpriseNumber, mainUser, mainUserEmail, ...others };
}
