import { readConfig } from "../config.ts";
import { AppError } from "../domain/values/app-error.ts";
import { createLiantis } from "../liantis/liantis.ts";
import { openDatabase } from "../postgres/database.ts";
import { pendingMigrations } from "../postgres/migrate.ts";
import { findScheduleSigns } from "../queue/queues.sql.ts";
import { readyDatabase } from "../ready-database.ts";
import { type Command, type CommandCall, commandConfig, print } from "./command.ts";

interface Finding {
  part: (typeof parts)[number];
  ok: boolean;
  says: string;
}

const clockSkewSecondsMax = 5;

const parts = ["database", "provider", "clock", "keys", "schedule"] as const;

/** Checks the database, the provider, the clock, the keys and the schedule, one line each; exit 1 when one is wrong. */
export const doctorCommand: Command = {
  help: "",
  options: {},
  run: async ({ json, env, out }) => {
    const found = [...(await examineDatabase(env)), await examineProvider(env), examineKeys(env)];
    const findings = parts.flatMap((part) => found.filter((finding) => finding.part === part));
    if (json) print({ out }, findings);
    else for (const { part, ok, says } of findings) out(`${ok ? "ok  " : "WRONG"} ${part.padEnd(9)} ${says}`);
    return findings.every((finding) => finding.ok) ? 0 : 1;
  },
};

async function examineDatabase(env: CommandCall["env"]): Promise<Finding[]> {
  try {
    const ready = await readyDatabase(commandConfig(env));
    const { db, close } = openDatabase(ready.url, { max: 1 });
    try {
      const pending = await pendingMigrations(db);
      const signs = await findScheduleSigns(db);
      const skew = Math.abs(Date.now() - Date.parse(signs.now)) / 1000;
      return [
        {
          part: "database",
          ok: pending.length === 0,
          says: `PostgreSQL ${signs.version}, ${pending.length} migrations to do`,
        },
        {
          part: "clock",
          ok: skew <= clockSkewSecondsMax,
          says: `${skew.toFixed(1)} s apart from the database's`,
        },
        {
          part: "schedule",
          ok: signs.nightlyScheduled,
          says: signs.nightlyScheduled
            ? "nightly runs are scheduled"
            : "no worker has scheduled the nightly runs yet: start the server",
        },
      ];
    } finally {
      await close();
      await ready.stop();
    }
  } catch (error) {
    const unknown = { ok: false, says: "cannot be examined without the database" };
    return [
      { part: "database", ok: false, says: sentence(error) },
      { part: "clock", ...unknown },
      { part: "schedule", ...unknown },
    ];
  }
}

async function examineProvider(env: CommandCall["env"]): Promise<Finding> {
  if (!env["LIANTIS_API_URL"])
    return { part: "provider", ok: true, says: "LIANTIS_* is not set: npm start brings a simulated one" };
  try {
    const liantis = createLiantis(readConfig({ ...commandEnv(env) }).liantis);
    try {
      await liantis.checkPartnerAccess();
      return {
        part: "provider",
        ok: true,
        says: `partner access to ${new URL(env["LIANTIS_API_URL"]).host} works`,
      };
    } finally {
      await liantis.close();
    }
  } catch (error) {
    return { part: "provider", ok: false, says: sentence(error) };
  }
}

function examineKeys(env: CommandCall["env"]): Finding {
  if (!env["SECRET_KEYS"]) {
    const ok = !env["DATABASE_URL"];
    return {
      part: "keys",
      ok,
      says: ok ? "kept beside the embedded database" : "SECRET_KEYS is not set: set it",
    };
  }
  try {
    const keys = commandConfig(env).secretKeys;
    return { part: "keys", ok: true, says: `${keys.length} in the ring; ${keys[0]?.id ?? ""} encrypts` };
  } catch (error) {
    return { part: "keys", ok: false, says: sentence(error) };
  }
}

function commandEnv(env: CommandCall["env"]): CommandCall["env"] {
  return { SECRET_KEYS: `unset:${Buffer.alloc(32).toString("base64")}`, ...env };
}

function sentence(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
