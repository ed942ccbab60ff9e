import type { ParseArgsOptionsConfig } from "node:util";
import type { Language } from "@payflip/contract/page.ts";
import { findCustomerIds } from "../access/customers.sql.ts";
import { findCustomerIdOfEntity } from "../access/entities.sql.ts";
import { type Config, readConfig } from "../config.ts";
import { AppError } from "../domain/values/app-error.ts";
import { isEmail, normaliseEmail } from "../domain/values/email.ts";
import { type Database, openDatabase } from "../postgres/database.ts";
import { platformTransaction } from "../postgres/transaction.ts";
import { readyDatabase } from "../ready-database.ts";

export interface Command {
  /** The options, as the usage shows them after the command's words. */
  help: string;
  options: ParseArgsOptionsConfig;
  /** @returns the exit code */
  run(call: CommandCall): Promise<number>;
}

export type OptionValues = Record<string, string | boolean | (string | boolean)[] | undefined>;

/** Where a command writes its lines: answers to `out`, failures to `err`. */
export interface Say {
  out: (line: string) => void;
  err: (line: string) => void;
}

export interface CommandCall extends Say {
  options: OptionValues;
  json: boolean;
  env: Record<string, string | undefined>;
}

/** The command line is wrong; the usage is shown. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** @throws UsageError when the option is missing */
export function required(options: OptionValues, name: string): string {
  const value = options[name];
  if (typeof value !== "string" || value.trim() === "") throw new UsageError(`--${name} is needed.`);
  return value.trim();
}

export function texts(options: OptionValues, name: string): string[] {
  const value = options[name];
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws UsageError when the option is missing or no id */
export function requiredId(options: OptionValues, name: string): string {
  const value = required(options, name).toLowerCase();
  if (!uuid.test(value)) throw new UsageError(`--${name} must be an id as printed by the other commands.`);
  return value;
}

export function print({ out }: Pick<Say, "out">, value: unknown): void {
  out(JSON.stringify(value, null, 2));
}

/** Values for the settings that only the server needs, so that a command runs without them. */
const serverOnlySettings = {
  LIANTIS_API_URL: "http://127.0.0.1:9",
  LIANTIS_ISSUER_URL: "http://127.0.0.1:9",
  LIANTIS_CLIENT_ID: "unset",
  LIANTIS_CLIENT_SECRET: "unset",
  MYLIANTIS_URL: "http://127.0.0.1:9",
  SECRET_KEYS: `unset:${Buffer.alloc(32).toString("base64")}`,
};

export function commandConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  return readConfig({ ...serverOnlySettings, ...set });
}

/** Opens the database of the settings for one command, also beside a running server. */
export async function withDatabase<T>(
  env: CommandCall["env"],
  work: (db: Database, url: string) => Promise<T>,
): Promise<T> {
  const ready = await readyDatabase(commandConfig(env));
  const { db, close } = openDatabase(ready.url, { max: 3 });
  try {
    return await work(db, ready.url);
  } finally {
    await close();
    await ready.stop();
  }
}

/** @throws AppError when there is no such entity */
export async function customerOfEntity(db: Database, entityId: string): Promise<string> {
  const customerId = await platformTransaction(db, (trx) => findCustomerIdOfEntity(trx, entityId));
  if (customerId === null) throw new AppError("NOT_FOUND", "There is no entity with this id.");
  return customerId;
}

/** @throws AppError when there is no such customer */
export async function assertCustomer(db: Database, customerId: string): Promise<void> {
  const known = await platformTransaction(db, (trx) => findCustomerIds(trx, [customerId]));
  if (known.length === 0) throw new AppError("NOT_FOUND", "There is no customer with this id.");
}

/** @throws UsageError when it is no language of the product */
export function languageOf(value: OptionValues[string]): Language {
  if (value === undefined) return "nl";
  if (value === "nl" || value === "fr" || value === "en") return value;
  throw new UsageError("--language is one of nl, fr, en.");
}

/** An e-mail address, in lower case. @throws UsageError when the option is missing or no address */
export function requiredEmail(options: OptionValues, name: string): string {
  const email = normaliseEmail(required(options, name));
  if (!isEmail(email)) throw new UsageError(`--${name} must be an e-mail address.`);
  return email;
}
