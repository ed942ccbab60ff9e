import { findCustomer } from "../access/customers.sql.ts";
import { createAccountLink } from "../accounts/account-links.ts";
import { findOwnAccount } from "../accounts/admins.sql.ts";
import { type AdminDeps, addAdmin, changeAdmin, removeAdmin } from "../accounts/admins.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { ProblemCode } from "../domain/catalogue/problem-catalogue.ts";
import { AppError } from "../domain/values/app-error.ts";
import { enteredName } from "../notify/entered-name.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import {
  assertCustomer,
  type Command,
  languageOf,
  type OptionValues,
  print,
  requiredEmail,
  requiredId,
  texts,
  UsageError,
  withDatabase,
} from "./command.ts";
import { sendAccountLink } from "./invitations.ts";

const entityOptions = { entity: { type: "string", multiple: true } } as const;
const adminOptions = { customer: { type: "string" }, email: { type: "string" } } as const;

export const addAdminCommand: Command = {
  help: "--customer ID --email E [--name N] [--language nl|fr|en] [--entity ID]…",
  options: { ...adminOptions, ...entityOptions, name: { type: "string" }, language: { type: "string" } },
  run: async ({ options, env, out }) => {
    const { actor, email } = targetOf(options);
    const { customerId } = actor;
    const name = typeof options["name"] === "string" ? options["name"] : email;
    const language = options["language"] === undefined ? undefined : languageOf(options["language"]);
    const entityIds = entitiesOf(options);
    const { admin, token, customerName } = await withDatabase(env, async (db) => {
      await assertCustomer(db, customerId);
      let secret = "";
      const deps = depsOf(db, (text) => {
        secret = text;
      });
      const added = await explained(addAdmin(deps, actor, { email, name, language, entityIds }));
      const customer = await tenantTransaction(db, { customerId, entityIds: "all" }, "app", (trx) =>
        findCustomer(trx, customerId),
      );
      return { admin: added, token: secret, customerName: customer?.name ?? "" };
    });
    const mail = { id: newId(), email, language: admin.language, template: "account_invite" as const, token };
    const invitation = await sendAccountLink(env, {
      ...mail,
      params: { customerName: enteredName(customerName) },
    });
    print({ out }, { accountId: admin.accountId, invitation });
    return 0;
  },
};

/** Limits an admin to some entities, or gives all of them. */
export const changeAdminCommand: Command = {
  help: "--customer ID --email E --all-entities | --entity ID…",
  options: { ...adminOptions, ...entityOptions, "all-entities": { type: "boolean" } },
  run: async ({ options, env, out }) => {
    const { actor, email } = targetOf(options);
    const entityIds = entitiesOf(options);
    if ((options["all-entities"] === true) === (entityIds !== null))
      throw new UsageError("Either --all-entities or --entity is needed.");
    await withDatabase(env, async (db) => {
      const accountId = await adminWith(db, actor.customerId, email);
      await explained(changeAdmin(depsOf(db), actor, { accountId, change: { entityIds } }));
    });
    print({ out }, { email, entityIds });
    return 0;
  },
};

export const removeAdminCommand: Command = {
  help: "--customer ID --email E",
  options: adminOptions,
  run: async ({ options, json, env, out }) => {
    const { actor, email } = targetOf(options);
    await withDatabase(env, async (db) => {
      const accountId = await adminWith(db, actor.customerId, email);
      await explained(removeAdmin(depsOf(db), actor, accountId));
    });
    if (json) print({ out }, { email, removed: true });
    else out(`${email} is no longer an admin: the sessions have ended.`);
    return 0;
  },
};

function targetOf(options: OptionValues) {
  const customerId = requiredId(options, "customer");
  const actor = { customerId, actorKind: "command_line" as const, actorId: customerId };
  return { actor, email: requiredEmail(options, "email") };
}

/** Null: every entity. */
function entitiesOf(options: OptionValues): string[] | null {
  const entityIds = texts(options, "entity").map((entity) => requiredId({ entity }, "entity"));
  return entityIds.length === 0 ? null : entityIds;
}

function depsOf(db: Database, onToken: (token: string) => void = () => {}): AdminDeps {
  const now = () => new Date();
  return {
    db,
    now,
    invite: async (trx, account) =>
      onToken(await createAccountLink(trx, { ...account, purpose: "invite" }, now())),
    confirmAddress: () => Promise.reject(new Error("no command changes an address")),
  };
}

async function adminWith(db: Database, customerId: string, email: string): Promise<string> {
  await assertCustomer(db, customerId);
  const account = await tenantTransaction(db, { customerId, entityIds: "all" }, "app", (trx) =>
    findOwnAccount(trx, customerId, email),
  );
  if (account?.isAdmin !== true)
    throw new AppError("NOT_FOUND", "The customer has no admin with this e-mail.");
  return account.accountId;
}

const sentences: Partial<Record<ProblemCode, string>> = {
  EMAIL_TAKEN: "The e-mail belongs to an admin of this customer, or to an account elsewhere, already.",
  LAST_ADMIN: "This is the only admin of all entities: give another admin all entities first.",
  INVALID_REQUEST: "The customer has no entity with this id.",
};

/** @throws AppError with a sentence in the place of a problem */
async function explained<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem) {
      const code: ProblemCode = error.code;
      const sentence = sentences[code];
      if (sentence !== undefined) throw new AppError(code, sentence);
    }
    throw error;
  }
}
