import { findCustomer, listCustomers, lockCustomer, updateCustomer } from "../access/customers.sql.ts";
import { insertEntity, listEntitiesOfCustomers } from "../access/entities.sql.ts";
import { listAdmins } from "../accounts/admins.sql.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { newId } from "../postgres/ids.ts";
import { platformTransaction, type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import {
  assertCustomer,
  type Command,
  type CommandCall,
  print,
  required,
  requiredId,
  withDatabase,
} from "./command.ts";

/** The entities of one customer, or of all. */
export const entityListCommand: Command = {
  help: "[--customer ID]",
  options: { customer: { type: "string" } },
  run: async ({ options, json, env, out }) => {
    const customerId = options["customer"] === undefined ? null : requiredId(options, "customer");
    const entities = await withDatabase(env, async (db) => {
      if (customerId !== null) await assertCustomer(db, customerId);
      return await platformTransaction(db, async (trx) => {
        const { customers } = await listCustomers(trx, { limit: 10_000, after: null });
        const ids = customers.map((one) => one.customerId);
        return await listEntitiesOfCustomers(trx, customerId === null ? ids : [customerId]);
      });
    });
    if (json) print({ out }, entities);
    else
      for (const { entityId, name, vatNumber } of entities)
        out(`${entityId}  ${name}  ${vatNumber ?? "no VAT number"}`);
    return 0;
  },
};

export const addEntityCommand: Command = {
  help: "--customer ID --name N [--vat-number V]",
  options: { customer: { type: "string" }, name: { type: "string" }, "vat-number": { type: "string" } },
  run: async ({ options, env, out }) => {
    const customerId = requiredId(options, "customer");
    const name = required(options, "name");
    const vatNumber = options["vat-number"] === undefined ? null : required(options, "vat-number");
    const entityId = newId();
    const createdAt = new Date().toISOString();
    await changeCustomer(env, { customerId, action: "entity.added", subject: entityId }, (trx) =>
      insertEntity(trx, { customerId, entityId, name, vatNumber, createdAt }),
    );
    print({ out }, { entityId });
    return 0;
  },
};

export const renameCustomerCommand: Command = {
  help: "--customer ID --name N",
  options: { customer: { type: "string" }, name: { type: "string" } },
  run: async ({ options, env, out }) => {
    const customerId = requiredId(options, "customer");
    const name = required(options, "name");
    await changeCustomer(
      env,
      { customerId, action: "customer.changed", subject: customerId },
      async (trx) => {
        const customer = await lockCustomer(trx, customerId);
        if (customer !== null) await updateCustomer(trx, customerId, { ...customer, name });
      },
    );
    print({ out }, { customerId, name });
    return 0;
  },
};

/** Changes a customer, with the entry of the audit. */
async function changeCustomer(
  env: CommandCall["env"],
  deed: { customerId: string; action: string; subject: string },
  work: (trx: TenantTransaction) => Promise<void>,
): Promise<void> {
  const { customerId } = deed;
  await withDatabase(env, async (db) => {
    await assertCustomer(db, customerId);
    await tenantTransaction(db, { customerId, entityIds: "all" }, "app", async (trx) => {
      await work(trx);
      const actor = { actorKind: "command_line" as const, actorId: customerId };
      await recordAudit(trx, { ...deed, ...actor, entityId: null, doneAt: new Date().toISOString() });
    });
  });
}

/** A customer with its entities and admins, as JSON. */
export const customerShowCommand: Command = {
  help: "--customer ID",
  options: { customer: { type: "string" } },
  run: async ({ options, env, out }) => {
    const customerId = requiredId(options, "customer");
    const shown = await withDatabase(env, async (db) => {
      await assertCustomer(db, customerId);
      return await tenantTransaction(db, { customerId, entityIds: "all" }, "app", async (trx) => ({
        ...(await findCustomer(trx, customerId)),
        entities: await listEntitiesOfCustomers(trx, [customerId]),
        admins: (await listAdmins(trx, customerId, { limit: 10_000, after: null })).admins,
      }));
    });
    print({ out }, shown);
    return 0;
  },
};
