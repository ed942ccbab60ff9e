import { createApiKey } from "../access/api-keys.ts";
import { listCustomers } from "../access/customers.sql.ts";
import { createCustomer, type Invite } from "../access/customers.ts";
import { createAccountLink } from "../accounts/account-links.ts";
import { setLiantisAvailability } from "../connection/availability.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { AppError } from "../domain/values/app-error.ts";
import { enteredName } from "../notify/entered-name.ts";
import { newId } from "../postgres/ids.ts";
import { platformTransaction } from "../postgres/transaction.ts";
import {
  assertCustomer,
  type Command,
  languageOf,
  print,
  required,
  requiredEmail,
  requiredId,
  texts,
  UsageError,
  withDatabase,
} from "./command.ts";
import { sendAccountLink } from "./invitations.ts";

export const createCustomerCommand: Command = {
  help: '--name N --admin-email E [--migrated-from-flex-plan] --entity "NAME:VAT" [--entity …] [--language nl|fr|en]',
  options: {
    name: { type: "string" },
    "admin-email": { type: "string" },
    "migrated-from-flex-plan": { type: "boolean" },
    entity: { type: "string", multiple: true },
    language: { type: "string" },
  },
  run: async ({ options, env, out }) => {
    const email = requiredEmail(options, "admin-email");
    const customer = {
      name: required(options, "name"),
      language: languageOf(options["language"]),
      migratedFromFlexPlan: options["migrated-from-flex-plan"] === true,
      entities: entitiesOf(texts(options, "entity")),
    };
    const admins = [
      { email, name: email, language: customer.language, entityPositions: null, passwordHash: null },
    ];
    const now = new Date();
    const { token, ...created } = await withDatabase(env, async (db) => {
      let secret = "";
      const invite: Invite = async (trx, account) => {
        secret = await createAccountLink(trx, { ...account, purpose: "invite" }, now);
      };
      const { customerId, entityIds } = await createCustomer(db, { ...customer, admins }, now, invite);
      const key = { customerId, role: "admin" as const, entityIds: null, wages: true };
      return { customerId, entityIds, apiKey: await createApiKey(db, key, now), token: secret };
    }).catch((error: unknown) => {
      if (error instanceof Problem)
        throw new AppError("EMAIL_TAKEN", "The admin's e-mail belongs to an account already.");
      throw error;
    });
    const { language, name } = customer;
    const mail = { id: newId(), email, language, template: "account_invite" as const, token };
    const invitation = await sendAccountLink(env, { ...mail, params: { customerName: enteredName(name) } });
    print({ out }, { ...created, invitation });
    return 0;
  },
};

export const customerListCommand: Command = {
  help: "",
  options: {},
  run: async ({ json, env, out }) => {
    const { customers } = await withDatabase(env, (db) =>
      platformTransaction(db, (trx) => listCustomers(trx, { limit: 10_000, after: null })),
    );
    if (json) print({ out }, customers);
    else for (const customer of customers) out(`${customer.customerId}  ${customer.name}`);
    return 0;
  },
};

/** Makes the integration available to a customer and confirms the enterprise numbers of its entities, or makes it unavailable. */
export function liantisAvailabilityCommand(available: boolean): Command {
  return {
    help: "--customer ID",
    options: { customer: { type: "string" } },
    run: async ({ options, json, env, out }) => {
      const customerId = requiredId(options, "customer");
      await withDatabase(env, async (db) => {
        await assertCustomer(db, customerId);
        await setLiantisAvailability(db, customerId, { available, now: new Date() });
      });
      if (json) print({ out }, { customerId, available });
      else
        out(
          available
            ? "The customer can set up the Liantis integration."
            : "The Liantis integration is withdrawn.",
        );
      return 0;
    },
  };
}

/** `NAME:VAT` or `NAME`. The name may hold colons; the number cannot. */
function entitiesOf(entities: string[]): { name: string; vatNumber: string | null }[] {
  if (entities.length === 0) throw new UsageError('--entity "NAME:VAT" is needed at least once.');
  return entities.map((text) => {
    const colon = text.lastIndexOf(":");
    const name = (colon === -1 ? text : text.slice(0, colon)).trim();
    const vatNumber = colon === -1 ? "" : text.slice(colon + 1).trim();
    if (name === "") throw new UsageError('--entity needs a name: "NAME:VAT".');
    return { name, vatNumber: vatNumber === "" ? null : vatNumber };
  });
}
