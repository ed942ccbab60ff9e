import { type Kysely, sql } from "kysely";
import { ownDefinerFunctions } from "./policies.ts";

/** What is to be put right of a connection that rests: said where no run finds it out, and read and done by the success manager. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Null: not a run, but a change of company details raised it.
  await sql`alter table issues alter column last_run_id drop not null`.execute(db);
  await supportTasks(db);
}

/** For the platform, which sees of tasks that they are there: of this kind alone what it says, for it is about nobody. */
async function supportTasks(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function open_support_task(of_customer uuid, of_entity uuid)
    returns table (task_id uuid, params jsonb, first_seen_at timestamptz)
    language sql stable security definer set search_path = public as $$
      select t.task_id, t.params, t.first_seen_at from tasks t
      where t.customer_id = of_customer and t.entity_id = of_entity and t.kind = 'support' and t.status = 'open'
    $$`.execute(db);
  await sql`
    create function complete_support_task(of_customer uuid, of_task uuid, by_id uuid, actor text, entry uuid, now_at timestamptz)
    returns boolean language plpgsql volatile security definer set search_path = public as $$
      declare of_entity uuid;
      begin
        update tasks t set status = 'done', ended_at = now_at, ended_by = by_id
          where t.customer_id = of_customer and t.task_id = of_task and t.kind = 'support' and t.status = 'open'
          returning t.entity_id into of_entity;
        if of_entity is null then return false; end if;
        insert into audit_entries (customer_id, entry_id, entity_id, actor, action, subject, at)
          values (of_customer, entry, of_entity, actor, 'task.done', of_task::text, now_at);
        return true;
      end
    $$`.execute(db);
  const functions = [
    "open_support_task(uuid, uuid)",
    "complete_support_task(uuid, uuid, uuid, text, uuid, timestamptz)",
  ];
  await ownDefinerFunctions(db, functions);
  for (const signature of functions) {
    await sql.raw(`revoke execute on function ${signature} from payflip_app, payflip_sync`).execute(db);
    await sql.raw(`grant execute on function ${signature} to payflip_platform`).execute(db);
  }
}
