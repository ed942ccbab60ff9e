import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./rows/schema.ts";

export type TenantTransaction = Transaction<Schema>;

/** Whose rows a transaction may see: one customer, all of its entities or just these. */
export interface TenantScope {
  customerId: string;
  entityIds: "all" | readonly string[];
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The one function that sets the tenant: row-level security shows the transaction this customer's rows (of the permitted
 * entities) and no others. `sync` is the role of a run: it cannot delete or deactivate a person.
 *
 * SET takes no parameters and `set_config` does not travel to the shards of a distributed database, so the ids are checked
 * against a strict pattern and written into the statement.
 *
 * @param options.waitsForDisk false: the commit does not wait for the disk. Commits reach the disk in their order, so a later commit
 *   that waits makes this one durable too. Use it for the steps of a run, whose last step waits; never for a confirmed request.
 * @throws when an id is no UUID: that is a programmer's error, never an input error.
 */
export async function tenantTransaction<T>(
  db: Database,
  scope: TenantScope,
  role: "app" | "sync",
  work: (trx: TenantTransaction) => Promise<T>,
  { waitsForDisk = true }: { waitsForDisk?: boolean } = {},
): Promise<T> {
  const entities = scope.entityIds === "all" ? "all" : scope.entityIds.map(checkedUuid).join(",");
  const commits = waitsForDisk ? "" : "; set local synchronous_commit = off";
  const settings = `set local role payflip_${role}; set local app.customer_id = '${checkedUuid(scope.customerId)}'; set local app.entity_ids = '${entities}'${commits}`;
  return await db.transaction().execute(async (trx) => {
    await sql.raw(settings).execute(trx);
    return await work(trx);
  });
}

/** Sees connections, run summaries and issue codes of every customer, and no person and no wage. */
export async function platformTransaction<T>(
  db: Database,
  work: (trx: TenantTransaction) => Promise<T>,
): Promise<T> {
  return await db.transaction().execute(async (trx) => {
    await sql
      .raw("set local role payflip_platform; set local app.customer_id = ''; set local app.entity_ids = ''")
      .execute(trx);
    return await work(trx);
  });
}

/** For what happens before a customer is known (sign-in, a session, a key, a consent state): sees no rows, may ask the definer functions. */
export async function strangerTransaction<T>(
  db: Database,
  work: (trx: TenantTransaction) => Promise<T>,
): Promise<T> {
  return await db.transaction().execute(async (trx) => {
    await sql
      .raw("set local role payflip_app; set local app.customer_id = ''; set local app.entity_ids = ''")
      .execute(trx);
    return await work(trx);
  });
}

function checkedUuid(text: string): string {
  if (!uuid.test(text)) throw new TypeError("a tenant is set by UUIDs only");
  return text;
}
