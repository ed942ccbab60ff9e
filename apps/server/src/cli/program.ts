import { parseArgs } from "node:util";
import { AppError } from "../domain/values/app-error.ts";
import { addAdminCommand, changeAdminCommand, removeAdminCommand } from "./admins.ts";
import { apiKeyListCommand, createApiKeyCommand, revokeApiKeyCommand } from "./api-key.ts";
import { type Command, type Say, UsageError } from "./command.ts";
import { createCustomerCommand, customerListCommand, liantisAvailabilityCommand } from "./customers.ts";
import { doctorCommand } from "./doctor.ts";
import {
  addEntityCommand,
  customerShowCommand,
  entityListCommand,
  renameCustomerCommand,
} from "./entities.ts";
import { migrateCommand } from "./migrate.ts";
import {
  accountLinkCommand,
  createOperatorCommand,
  operatorListCommand,
  removeOperatorCommand,
} from "./operators.ts";
import { rotateSecretsCommand } from "./secrets.ts";
import { syncNowCommand, syncPreviewCommand } from "./sync.ts";

/** Every command by its words. */
const commands: Record<string, Command> = {
  migrate: migrateCommand,
  "customer create": createCustomerCommand,
  "customer list": customerListCommand,
  "customer show": customerShowCommand,
  "customer rename": renameCustomerCommand,
  "entity list": entityListCommand,
  "entity add": addEntityCommand,
  "admin add": addAdminCommand,
  "admin change": changeAdminCommand,
  "admin remove": removeAdminCommand,
  "liantis enable": liantisAvailabilityCommand(true),
  "liantis withdraw": liantisAvailabilityCommand(false),
  "sync now": syncNowCommand,
  "sync preview": syncPreviewCommand,
  "operator create": createOperatorCommand,
  "operator list": operatorListCommand,
  "operator remove": removeOperatorCommand,
  "account link": accountLinkCommand,
  "api-key create": createApiKeyCommand,
  "api-key list": apiKeyListCommand,
  "api-key revoke": revokeApiKeyCommand,
  doctor: doctorCommand,
  "secrets rotate": rotateSecretsCommand,
};

/**
 * Runs one command. Answers go to `out` (as JSON with --json, and where the answer is data), failures to `err`.
 * @returns the exit code
 */
export async function runProgram(
  argv: string[],
  env: Record<string, string | undefined>,
  say: Say,
): Promise<number> {
  try {
    return await runCommand(argv, env, say);
  } catch (error) {
    if (error instanceof UsageError) {
      say.err([error.message, usage()].filter(Boolean).join("\n\n"));
      return 2;
    }
    if (error instanceof AppError) say.err(error.message);
    else say.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

async function runCommand(
  argv: string[],
  env: Record<string, string | undefined>,
  say: Say,
): Promise<number> {
  const words = argv.findIndex((word) => word.startsWith("-"));
  const name = (words === -1 ? argv : argv.slice(0, words)).join(" ");
  const command = commands[name];
  if (!command) throw new UsageError(name === "" ? "" : `There is no command "${name}".`);
  const { values } = readOptions(command, words === -1 ? [] : argv.slice(words));
  return await command.run({ options: values, json: values["json"] === true, env, ...say });
}

function readOptions(command: Command, args: string[]) {
  try {
    return parseArgs({
      args,
      options: { ...command.options, json: { type: "boolean" } },
      strict: true,
      allowPositionals: false,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "");
  }
}

function usage(): string {
  return [
    "Usage: npm run cli -- COMMAND",
    ...Object.entries(commands).map(([name, { help }]) => `  ${name} ${help}`),
  ].join("\n");
}
