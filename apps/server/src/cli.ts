import process from "node:process";
import { parseArgs } from "node:util";
import { createApiKeyCommand } from "./cli/api-key.ts";
import { createCustomerCommand, customerListCommand, liantisAvailabilityCommand } from "./cli/customers.ts";
import { doctorCommand } from "./cli/doctor.ts";
import { migrateCommand } from "./cli/migrate.ts";
import { createOperatorCommand } from "./cli/operators.ts";
import { rotateSecretsCommand } from "./cli/secrets.ts";
import { syncNowCommand, syncPreviewCommand } from "./cli/sync.ts";
import { type Command, UsageError } from "./cli/command.ts";
import { AppError } from "./domain/app-error.ts";

/** Every command by its words. */
const commands: Record<string, Command> = {
  migrate: migrateCommand,
  "customer create": createCustomerCommand,
  "customer list": customerListCommand,
  "liantis enable": liantisAvailabilityCommand(true),
  "liantis withdraw": liantisAvailabilityCommand(false),
  "sync now": syncNowCommand,
  "sync preview": syncPreviewCommand,
  "operator create": createOperatorCommand,
  "api-key create": createApiKeyCommand,
  doctor: doctorCommand,
  "secrets rotate": rotateSecretsCommand,
};

/** One command of the command line. Answers go to stdout (JSON with --json, and where the answer is data), trouble to stderr. */
async function main(argv: string[], env: Record<string, string | undefined>): Promise<number> {
  const words = argv.findIndex((word) => word.startsWith("-"));
  const name = (words === -1 ? argv : argv.slice(0, words)).join(" ");
  const command = commands[name];
  if (!command) throw new UsageError(name === "" ? "" : `There is no command "${name}".`);
  const { values } = readOptions(command, words === -1 ? [] : argv.slice(words));
  return await command.run({ options: values, json: values["json"] === true, env });
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

main(process.argv.slice(2), process.env).then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof UsageError) console.error([error.message, usage()].filter(Boolean).join("\n\n"));
    else console.error(error instanceof AppError ? error.message : error);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
