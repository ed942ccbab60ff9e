import assert from "node:assert/strict";
import test from "node:test";
import { sql } from "kysely";
import { newId } from "../../src/postgres/ids.ts";
import { platformTransaction, tenantTransaction } from "../../src/postgres/transaction.ts";
import { createTestDatabase } from "../support/database.ts";

test("a tenant transaction sees its own customer, of the permitted entities only", async (t) => {
  const { db } = await createTestDatabase(t);
  const now = new Date().toISOString();
  const [one, other] = [newId(), newId()];
  const entities = [newId(), newId()];
  for (const customerId of [one, other]) {
    await tenantTransaction(db, { customerId, entityIds: "all" }, "app", async (trx) => {
      await trx
        .insertInto("customers")
        .values({
          customer_id: customerId,
          name: "Fietsen NV",
          language: "nl",
          created_at: now,
          liantis_available_at: null,
        })
        .execute();
      for (const entityId of customerId === one ? entities : [newId()]) {
        await trx
          .insertInto("entities")
          .values({
            customer_id: customerId,
            entity_id: entityId,
            name: "Fietsen",
            created_at: now,
            vat_number: null,
            email_domain: null,
            confirmed_number: null,
            confirmed_at: null,
          })
          .execute();
      }
    });
  }
  const seen = (entityIds: "all" | string[]) =>
    tenantTransaction(db, { customerId: one, entityIds }, "app", (trx) =>
      trx.selectFrom("entities").select("entity_id").orderBy("entity_id").execute(),
    );
  assert.deepEqual(
    (await seen("all")).map((row) => row.entity_id),
    entities.toSorted(),
  );
  assert.deepEqual(
    (await seen([entities[1] ?? ""])).map((row) => row.entity_id),
    [entities[1]],
  );
  assert.deepEqual(await seen([]), []);
  await assert.rejects(
    tenantTransaction(db, { customerId: one, entityIds: "all" }, "app", (trx) =>
      trx.updateTable("entities").set({ customer_id: other }).execute(),
    ),
    /row-level security/,
  );
  assert.deepEqual(
    await db.selectFrom("entities").selectAll().execute(),
    [],
    "outside a tenant transaction nothing is seen",
  );
  const fleet = await platformTransaction(db, (trx) =>
    trx.selectFrom("customers").select("customer_id").execute(),
  );
  assert.equal(fleet.length, 2);
  await assert.rejects(
    platformTransaction(db, (trx) => trx.selectFrom("employees").selectAll().execute()),
    /permission denied/,
  );
});

test("the role of a sync can neither delete nor deactivate a person", async (t) => {
  const { db } = await createTestDatabase(t);
  const scope = { customerId: newId(), entityIds: "all" as const };
  await assert.rejects(
    tenantTransaction(db, scope, "sync", (trx) => trx.deleteFrom("employees").execute()),
    /permission denied/,
  );
  await assert.rejects(
    tenantTransaction(db, scope, "sync", (trx) =>
      trx.updateTable("employees").set({ deactivated_at: new Date().toISOString() }).execute(),
    ),
    /permission denied/,
  );
  await assert.rejects(
    tenantTransaction(db, scope, "sync", (trx) =>
      trx.updateTable("employees").set({ language: "nl" }).execute(),
    ),
    /permission denied/,
  );
});

test("every table has forced row-level security, and the customer in each key", async (t) => {
  const { db, owner } = await createTestDatabase(t);
  const open = await owner.query(`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname not like 'kysely%' and not (relrowsecurity and relforcerowsecurity)`);
  assert.deepEqual(open.rows, []);
  const keys = await owner.query(`
    select c.relname, i.relname as index from pg_index x
    join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    where c.relnamespace = 'public'::regnamespace and x.indisunique and c.relname not like 'kysely%'
      and c.relname not in ('accounts','memberships','sessions','api_keys','enterprise_number_claims','provider_pace')
      and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'customer_id' and a.attnum = any (x.indkey))`);
  assert.deepEqual(keys.rows, []);
  const role = await sql<{
    rolsuper: boolean;
    rolbypassrls: boolean;
  }>`select rolsuper, rolbypassrls from pg_roles where rolname = current_user`.execute(db);
  assert.deepEqual(role.rows, [{ rolsuper: false, rolbypassrls: false }]);
});
