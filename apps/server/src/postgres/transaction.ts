import { AsyncLocalStorage } from "node:async_hooks";
import { sql, type Transaction } from "kysely";
import type { Database } from "./database.ts";
import type { Schema } from "./rows/schema.ts";

export type TenantTransaction = Transaction<Schema>;

/** The rows that a transaction may see: of one customer, and of all or some of its entities. */
export interface TenantScope {
  customerId: string;
  entityIds: "all" | readonly string[];
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type CommitStep = (trx: TenantTransaction) => Promise<void>;

/** The step of the request that is being carried out, wherever its transactions begin. */
const commitSteps = new AsyncLocalStorage<CommitStep>();

/** Runs `work` so that each transaction in it, whatever its tenant, takes this step before its commit. */
export function withCommitStep<T>(step: CommitStep, work: () => T): T {
  return commitSteps.run(step, work);
}

async function workAndStep<T>(
  trx: TenantTransaction,
  work: (trx: TenantTransaction) => Promise<T>,
): Promise<T> {
  const result = await work(trx);
  await commitSteps.getStore()?.(trx);
  return result;
}

/**
 * Runs work as a tenant: row-level security shows only this customer's rows, of the permitted entities. No other function sets
 * the tenant. `sync` is the role of a run: it cannot delete or deactivate a person.
 *
 * SET takes no parameters, and `set_config` does not reach the shards of a distributed database. So the ids are checked against
 * a strict pattern and written into the statement.
 *
 * @param options.waitsForDisk false: the commit does not wait for the disk. Commits reach the disk in their order, so a later
 *   commit that waits makes this one durable too. Use it for the steps of a run, whose last step waits; never for a request.
 * @throws TypeError when an id is no UUID, which is an error of the code and not of the caller's input
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
  const customer = checkedUuid(scope.customerId);
  const settings = `set local role payflip_${role}; ${scopeSettings(customer, entities)}${commits}`;
  return await db.transaction().execute(async (trx) => {
    await sql.raw(settings).execute(trx);
    return await workAndStep(trx, work);
  });
}

/** Runs work that sees connections, run summaries and issue codes of every customer, but no people and no wages. */
export async function platformTransaction<T>(
  db: Database,
  work: (trx: TenantTransaction) => Promise<T>,
): Promise<T> {
  return await db.transaction().execute(async (trx) => {
    await sql.raw(`set local role payflip_platform; ${scopeSettings("", "")}`).execute(trx);
    return await workAndStep(trx, work);
  });
}

/**
 * Runs work before the customer is known (sign-in, a session, a key, a consent state). It sees no rows, and may call the definer
 * functions.
 */
export async function strangerTransaction<T>(
  db: Database,
  work: (trx: TenantTransaction) => Promise<T>,
): Promise<T> {
  return await db.transaction().execute(async (trx) => {
    await sql.raw(`set local role payflip_app; ${scopeSettings("", "")}`).execute(trx);
    return await workAndStep(trx, work);
  });
}

function scopeSettings(customerId: string, entityIds: string): string {
  return `set local app.customer_id = '${customerId}'; set local app.entity_ids = '${entityIds}'`;
}

function checkedUuid(text: string): string {
  if (!uuid.test(text)) throw new TypeError("a tenant is set by UUIDs only");
  return text;
}
