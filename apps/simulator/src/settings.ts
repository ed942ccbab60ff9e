import { z } from "zod";
import type { SimulatorOptions } from "./simulator.ts";

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== ""),
  )
  .pipe(z.array(z.url("must be addresses separated by commas")));

const settingsSchema = z.object({
  SIM_PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
  SIM_HOST: z.string().default("127.0.0.1"),
  SIM_CLIENT_ID: z.string().min(1).optional(),
  SIM_CLIENT_SECRET: z.string().min(1).optional(),
  SIM_REDIRECT_URIS: list,
  SIM_SIGNIN_CLIENT_ID: z.string().min(1).optional(),
  SIM_SIGNIN_CLIENT_SECRET: z.string().min(1).optional(),
  SIM_SIGNIN_REDIRECT_URIS: list,
  SIM_STATE_FILE: z.string().min(1).optional(),
  SIM_SEED: z.string().default("1"),
  SIM_ID_TOKEN_ALGORITHM: z.enum(["ES256", "RS256"]).default("ES256"),
});

/** Reads the SIM_* variables. Throws an error that names each wrong one. */
export function readSettings(
  environment: NodeJS.ProcessEnv,
): SimulatorOptions & { port: number; host: string } {
  const parsed = settingsSchema.safeParse(environment);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path[0]?.toString() ?? "?"}: ${issue.message}`);
    throw new Error(`The simulator's settings are wrong. ${wrong.join("; ")}`);
  }
  const set = parsed.data;
  return {
    port: set.SIM_PORT,
    host: set.SIM_HOST,
    seed: set.SIM_SEED,
    redirectUris: set.SIM_REDIRECT_URIS,
    signInRedirectUris: set.SIM_SIGNIN_REDIRECT_URIS,
    idTokenAlgorithm: set.SIM_ID_TOKEN_ALGORITHM,
    ...(set.SIM_CLIENT_ID !== undefined && { clientId: set.SIM_CLIENT_ID }),
    ...(set.SIM_CLIENT_SECRET !== undefined && { clientSecret: set.SIM_CLIENT_SECRET }),
    ...(set.SIM_SIGNIN_CLIENT_ID !== undefined && { signInClientId: set.SIM_SIGNIN_CLIENT_ID }),
    ...(set.SIM_SIGNIN_CLIENT_SECRET !== undefined && { signInClientSecret: set.SIM_SIGNIN_CLIENT_SECRET }),
    ...(set.SIM_STATE_FILE !== undefined && { stateFile: set.SIM_STATE_FILE }),
  };
}
