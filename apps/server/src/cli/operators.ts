import { createOperator } from "../access/api-keys.ts";
import { AppError } from "../domain/values/app-error.ts";
import { type Command, print, required, requiredEmail, UsageError, withDatabase } from "./command.ts";

export const createOperatorCommand: Command = {
  help: "--email E --role success_manager|support [--name N]",
  options: { email: { type: "string" }, role: { type: "string" }, name: { type: "string" } },
  run: async ({ options, env, out }) => {
    const email = requiredEmail(options, "email");
    const role = required(options, "role");
    if (role !== "success_manager" && role !== "support")
      throw new UsageError("--role is success_manager or support.");
    const name = typeof options["name"] === "string" ? options["name"] : email;
    const created = await withDatabase(env, (db) => createOperator(db, { email, name, role }, new Date()));
    if (created.kind === "email_taken")
      throw new AppError(
        "EMAIL_TAKEN",
        "The e-mail belongs to a customer's account: operators have one of their own.",
      );
    print({ out }, { accountId: created.accountId, apiKey: created.apiKey });
    return 0;
  },
};
