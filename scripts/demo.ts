import { mkdirSync } from "node:fs";
import path from "node:path";
import { findSignInAccount } from "../apps/server/src/access/accounts.sql.ts";
import { createCustomer } from "../apps/server/src/access/customers.ts";
import { hashPassword } from "../apps/server/src/access/password.ts";
import { createOperator } from "../apps/server/src/accounts/operators.ts";
import { setLiantisAvailability } from "../apps/server/src/connection/availability.ts";
import { withKeptKeys } from "../apps/server/src/kept-keys.ts";
import { type Database, openDatabase } from "../apps/server/src/postgres/database.ts";
import { strangerTransaction } from "../apps/server/src/postgres/transaction.ts";
import { readyDatabase } from "../apps/server/src/ready-database.ts";
import { freePort } from "./free-port.ts";
import { forkSimulator } from "./simulator-process.ts";

export interface Demo {
  simulatorUrl: string;
  /** The server gets these settings in addition to the environment. */
  settings: Record<string, string>;
}

export interface SignIn {
  who: string;
  email: string;
  password: string;
}

const companies = [
  { enterpriseNumber: "1009001225", name: "Fietsen De Vos", workers: 48, seed: "de-vos" },
  { enterpriseNumber: "1009014784", name: "Fietsen De Vos Brussel", workers: 12, seed: "de-vos-brussel" },
];
const password = "liantis-demo";
const simulatorPassword = "liantis";
const admin = { email: "hr@fietsendevos.example", name: "Hanne De Vos" };
const operators = [
  { email: "success@payflip.example", name: "Sam Succes", role: "success_manager" },
  { email: "support@payflip.example", name: "Sacha Steun", role: "support" },
] as const;

/** Starts the simulated Liantis with the demo's companies. @returns the settings of the server for it */
export async function prepareDemo(env: Record<string, string | undefined>): Promise<Demo> {
  const host = env["HOST"] || "127.0.0.1";
  const dataDir = path.resolve(env["DATA_DIR"] || "var");
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const port = String(env["PORT"] === "0" ? await freePort(host) : env["PORT"] || "3000");
  const publicUrl = env["PUBLIC_URL"] || `http://${host}:${port}`;
  const { url } = await forkSimulator({
    SIM_HOST: "127.0.0.1",
    SIM_PORT: String(await freePort("127.0.0.1", Number(env["SIM_PORT"] || "4010"))),
    SIM_STATE_FILE: path.join(dataDir, "simulator.json"),
    SIM_REDIRECT_URIS: `${publicUrl}/api/v1/liantis/callback`,
    SIM_SIGNIN_REDIRECT_URIS: `${publicUrl}/api/v1/session/oidc/callback`,
    SIM_ID_TOKEN_ALGORITHM: "RS256",
  });
  await fillSimulator(url);
  return {
    simulatorUrl: url,
    settings: {
      PORT: port,
      DATA_DIR: dataDir,
      LIANTIS_API_URL: url,
      LIANTIS_ISSUER_URL: `${url}/oidc`,
      LIANTIS_CLIENT_ID: "payflip",
      LIANTIS_CLIENT_SECRET: "payflip-demo-secret",
      MYLIANTIS_URL: `${url}/my`,
      // The demo has its own key even if DATABASE_URL is set.
      SECRET_KEYS: withKeptKeys({ ...env, DATABASE_URL: undefined, DATA_DIR: dataDir })["SECRET_KEYS"] ?? "",
      OIDC_ISSUER_URL: `${url}/sign-in-oidc`,
      OIDC_CLIENT_ID: "payflip-sign-in",
      OIDC_CLIENT_SECRET: "payflip-sign-in-demo-secret",
      LOG_LEVEL: env["LOG_LEVEL"] || "warn",
    },
  };
}

async function fillSimulator(url: string): Promise<void> {
  for (const company of companies) {
    const existing = await fetch(`${url}/_sim/employers/${company.enterpriseNumber}`);
    if (!existing.ok) await send("POST", `${url}/_sim/employers`, company);
  }
  const accounts = [admin, ...operators].map(({ email, name }) => ({
    email,
    name,
    password: simulatorPassword,
  }));
  await send("PUT", `${url}/_sim/sign-in-accounts`, accounts);
}

async function send(method: string, url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok)
    throw new Error(`The simulated Liantis could not be filled (${answer.status}): ${await answer.text()}`);
}

/** Creates the demo customer, its admin, a success manager and support, unless they exist. @returns the demo sign-ins */
export async function loadDemo(demo: Demo, env: Record<string, string | undefined>): Promise<SignIn[]> {
  const database = await readyDatabase({
    databaseUrl: env["DATABASE_URL"] || null,
    dataDir: demo.settings["DATA_DIR"] ?? "var",
  });
  const { db, close } = openDatabase(database.url, { max: 2 });
  try {
    await createDemoCustomer(db);
    for (const operator of operators) {
      const there = await strangerTransaction(db, (trx) => findSignInAccount(trx, operator.email));
      if (there === null) await createOperator(db, operator, new Date());
    }
  } finally {
    await close();
  }
  const mainUser = `main@${companies[0]?.enterpriseNumber}`;
  return [
    { who: "HR admin", email: admin.email, password },
    { who: "success manager (through OpenID)", email: operators[0].email, password: simulatorPassword },
    { who: "support (through OpenID)", email: operators[1].email, password: simulatorPassword },
    { who: "main user, at MyLiantis", email: mainUser, password: simulatorPassword },
  ];
}

async function createDemoCustomer(db: Database): Promise<void> {
  if ((await strangerTransaction(db, (trx) => findSignInAccount(trx, admin.email))) !== null) return;
  const { customerId } = await createCustomer(
    db,
    {
      name: "Fietsen De Vos Groep",
      language: "nl",
      migratedFromFlexPlan: false,
      entities: companies.map(({ name, enterpriseNumber }) => ({
        name,
        vatNumber: `BE ${enterpriseNumber}`,
      })),
      admins: [
        { ...admin, language: "nl", entityPositions: null, passwordHash: await hashPassword(password) },
      ],
    },
    new Date(),
  );
  await setLiantisAvailability(db, customerId, { available: true, now: new Date() });
}
