import { findSignInAccount } from "../access/accounts.sql.ts";
import { listOperators } from "../accounts/operators.sql.ts";
import { createOperator, removeOperator } from "../accounts/operators.ts";
import { AppError } from "../domain/values/app-error.ts";
import { newId } from "../postgres/ids.ts";
import { strangerTransaction } from "../postgres/transaction.ts";
import {
  type Command,
  languageOf,
  print,
  required,
  requiredEmail,
  UsageError,
  withDatabase,
} from "./command.ts";
import { makeAccountLink, sendAccountLink } from "./invitations.ts";

export const createOperatorCommand: Command = {
  help: "--email E --role success_manager|support [--name N] [--language nl|fr|en] [--new-key]",
  options: {
    email: { type: "string" },
    role: { type: "string" },
    name: { type: "string" },
    language: { type: "string" },
    "new-key": { type: "boolean" },
  },
  run: async ({ options, env, out }) => {
    const email = requiredEmail(options, "email");
    const role = required(options, "role");
    if (role !== "success_manager" && role !== "support")
      throw new UsageError("--role is success_manager or support.");
    const name = typeof options["name"] === "string" ? options["name"] : email;
    const language = languageOf(options["language"] ?? "en");
    const replacesKey = options["new-key"] === true;
    const now = new Date();
    const { created, token } = await withDatabase(env, async (db) => {
      const made = await createOperator(db, { email, name, role, language, replacesKey }, now);
      const link = { customerId: null, email, purpose: "invite" as const };
      const isNew = made.kind === "created";
      return {
        created: made,
        token: isNew ? await makeAccountLink(db, { ...link, accountId: made.accountId }, now) : null,
      };
    });
    if (created.kind === "email_taken")
      throw new AppError(
        "EMAIL_TAKEN",
        "The e-mail belongs to a customer's account: operators have one of their own.",
      );
    if (created.kind === "exists")
      throw new AppError(
        "OPERATOR_EXISTS",
        `${email} exists already with the role ${role} and keeps the present API key. For a new key add --new-key (the present one is revoked); for a link to sign in: account link --email ${email}.`,
      );
    const { accountId, apiKey } = created;
    const template = "operator_invite" as const;
    const invitation =
      token === null
        ? {}
        : {
            invitation: await sendAccountLink(env, {
              id: newId(),
              email,
              language,
              template,
              params: {},
              token,
            }),
          };
    print({ out }, { accountId, apiKey, ...invitation });
    return 0;
  },
};

export const operatorListCommand: Command = {
  help: "",
  options: {},
  run: async ({ json, env, out }) => {
    const operators = await withDatabase(env, (db) => strangerTransaction(db, listOperators));
    if (json) print({ out }, operators);
    else
      for (const { email, roles, hasPassword, keyPrefixes } of operators) {
        const password = hasPassword ? "has a password" : "no password";
        const keys = keyPrefixes.length === 0 ? "no keys" : `keys ${keyPrefixes.join(", ")}`;
        out(`${email}  ${roles.join(", ")}  ${password}  ${keys}`);
      }
    return 0;
  },
};

export const removeOperatorCommand: Command = {
  help: "--email E",
  options: { email: { type: "string" } },
  run: async ({ options, json, env, out }) => {
    const email = requiredEmail(options, "email");
    const removed = await withDatabase(env, (db) => removeOperator(db, email, new Date()));
    if (!removed) throw new AppError("NOT_FOUND", "There is no operator with this e-mail.");
    if (json) print({ out }, { email, removed });
    else out(`${email} is removed: sessions have ended and API keys are revoked.`);
    return 0;
  },
};

/** A link with which the owner of any account chooses a password: for an installation that sends no mail. */
export const accountLinkCommand: Command = {
  help: "--email E",
  options: { email: { type: "string" } },
  run: async ({ options, env, out }) => {
    const email = requiredEmail(options, "email");
    const now = new Date();
    const { language, token } = await withDatabase(env, async (db) => {
      const account = await strangerTransaction(db, (trx) => findSignInAccount(trx, email));
      if (account === null) throw new AppError("NOT_FOUND", "There is no account with this e-mail.");
      const purpose = "reset" as const;
      return { ...account, token: await makeAccountLink(db, { ...account, email, purpose }, now) };
    });
    const template = "account_reset" as const;
    print({ out }, await sendAccountLink(env, { id: newId(), email, language, template, params: {}, token }));
    return 0;
  },
};
