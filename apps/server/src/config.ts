import path from "node:path";
import { z } from "zod";
import { AppError } from "./domain/values/app-error.ts";
import { isLoopbackHost } from "./domain/values/loopback.ts";

const address = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ""));
/** Addresses of the provider and the sign-in provider: https, or http on this machine. */
const trustedAddress = address.refine(isHttpsOrLoopback, "must be https (http only on this machine)");

const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must look like postgres://user@host/database")
    .optional(),
  DATA_DIR: z.string().min(1).default("var"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PUBLIC_URL: address.refine(isHttpsOrLoopback, "must be https (http only on this machine)").optional(),
  LIANTIS_API_URL: trustedAddress,
  LIANTIS_ISSUER_URL: trustedAddress,
  LIANTIS_CLIENT_ID: z.string().min(1),
  LIANTIS_CLIENT_SECRET: z.string().min(1),
  MYLIANTIS_URL: trustedAddress,
  PROVIDER_CALLS_AT_ONCE: z.coerce.number().int().min(1).max(1000).default(8),
  PROVIDER_CALLS_PER_SECOND: z.coerce.number().int().min(1).max(1000).default(20),
  SECRET_KEYS: z.string().min(1),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SUPPORT_EMAIL: z.email().default("support@payflip.example"),
  OIDC_ISSUER_URL: trustedAddress.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  ROLE: z.enum(["all", "web", "worker"]).default("all"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  STOP_GRACE_SECONDS: z.coerce.number().int().min(0).max(60).default(1),
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).optional(),
});

export interface SecretKey {
  id: string;
  /** 32 bytes. */
  key: Buffer;
}

export interface Config {
  /** null: the embedded database under `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  host: string;
  port: number;
  /** The address of the app in browsers; null: http://HOST:PORT. */
  publicUrl: string | null;
  liantis: {
    apiUrl: string;
    issuerUrl: string;
    clientId: string;
    clientSecret: string;
    myLiantisUrl: string;
    /** Calls at once, and calls begun in a second, of all processes on one database together. */
    callsAtOnce: number;
    callsPerSecond: number;
  };
  /** The first one encrypts, all of them decrypt. */
  secretKeys: SecretKey[];
  smtpUrl: string | null;
  supportEmail: string;
  /** Sign-in of our users by OpenID; null when it is not set up. */
  oidc: { issuerUrl: string; clientId: string; clientSecret: string } | null;
  role: "all" | "web" | "worker";
  logLevel: string;
  /** After SIGTERM `/readyz` is not ready for so long before the process stops to take requests. */
  stopGraceSeconds: number;
  /** The port of the Prometheus metrics; null: they are not served. */
  metricsPort: number | null;
}

/**
 * Reads the settings of one process from its environment. An empty value counts as not set.
 * @throws AppError CONFIG_INVALID whose message says, a line for each wrong setting, what to set
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) =>
      settingSentence(issue.path.join("."), issue.message, set),
    );
    throw new AppError("CONFIG_INVALID", [...new Set(lines)].join("\n"));
  }
  const e = parsed.data;
  if (e.PUBLIC_URL === undefined && !isLoopbackHost(e.HOST))
    throw new AppError(
      "CONFIG_INVALID",
      "HOST is more than this machine: set PUBLIC_URL to the address that browsers reach the app at (https, or http on this machine).",
    );
  return {
    databaseUrl: e.DATABASE_URL ?? null,
    dataDir: path.resolve(e.DATA_DIR),
    host: e.HOST,
    port: e.PORT,
    publicUrl: e.PUBLIC_URL ?? null,
    liantis: {
      apiUrl: e.LIANTIS_API_URL,
      issuerUrl: e.LIANTIS_ISSUER_URL,
      clientId: e.LIANTIS_CLIENT_ID,
      clientSecret: e.LIANTIS_CLIENT_SECRET,
      myLiantisUrl: e.MYLIANTIS_URL,
      callsAtOnce: e.PROVIDER_CALLS_AT_ONCE,
      callsPerSecond: e.PROVIDER_CALLS_PER_SECOND,
    },
    secretKeys: readSecretKeys(e.SECRET_KEYS),
    smtpUrl: e.SMTP_URL ?? null,
    supportEmail: e.SUPPORT_EMAIL,
    oidc: readOidc(e),
    role: e.ROLE,
    logLevel: e.LOG_LEVEL,
    stopGraceSeconds: e.STOP_GRACE_SECONDS,
    metricsPort: e.METRICS_PORT ?? null,
  };
}

/** @throws AppError CONFIG_INVALID */
function readSecretKeys(text: string): SecretKey[] {
  const wrong = new AppError(
    "CONFIG_INVALID",
    "SECRET_KEYS must be `id:key,…`, each key 32 bytes in base64 (make one with: openssl rand -base64 32).",
  );
  const keys = text.split(",").map((part) => {
    const [, id, base64] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]{43}=?)$/.exec(part.trim()) ?? [];
    if (!id || !base64) throw wrong;
    const key = Buffer.from(base64, "base64");
    if (key.length !== 32) throw wrong;
    return { id, key };
  });
  if (new Set(keys.map(({ id }) => id)).size !== keys.length)
    throw new AppError("CONFIG_INVALID", "SECRET_KEYS names the same id twice.");
  return keys;
}

function readOidc(e: z.output<typeof environment>): Config["oidc"] {
  const parts = [e.OIDC_ISSUER_URL, e.OIDC_CLIENT_ID, e.OIDC_CLIENT_SECRET];
  if (parts.every((part) => part === undefined)) return null;
  if (!e.OIDC_ISSUER_URL || !e.OIDC_CLIENT_ID || !e.OIDC_CLIENT_SECRET) {
    throw new AppError(
      "CONFIG_INVALID",
      "OpenID sign-in needs all of OIDC_ISSUER_URL, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or none of them.",
    );
  }
  return { issuerUrl: e.OIDC_ISSUER_URL, clientId: e.OIDC_CLIENT_ID, clientSecret: e.OIDC_CLIENT_SECRET };
}

/** Without the value, which may be a secret. */
function settingSentence(name: string, message: string, set: Record<string, string | undefined>): string {
  return name in set
    ? `${name} is wrong: ${message}.`
    : `${name} is not set: set it (see the settings in docs/operations.md).`;
}

function isHttpsOrLoopback(text: string): boolean {
  const url = new URL(text);
  return url.protocol === "https:" || isLoopbackHost(url.hostname);
}
