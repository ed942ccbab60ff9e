import { type Kysely, sql } from "kysely";
import { ownDefinerFunctions } from "./policies.ts";

/**
 * Of people who were never ours and are not selected, what was said while everybody was read goes with the choice. No role of the
 * runtime deletes what was said of anybody: this function does, and of nobody else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function forget_matters_of_unselected(of_customer uuid, of_entity uuid) returns void
    language plpgsql volatile security definer set search_path = public as $$
    declare
      unselected text[] := array(
        select worker_id from (
          select worker_id from issues where customer_id = of_customer and entity_id = of_entity and employee_id is null
          union
          select worker_id from holds where customer_id = of_customer and entity_id = of_entity and employee_id is null) m
        where worker_id <> ''
        except
        select worker_id from links where customer_id = of_customer and entity_id = of_entity
        except
        select worker_id from choices where customer_id = of_customer and entity_id = of_entity and choice = 'selected');
    begin
      if of_customer is distinct from current_customer() then return; end if;
      delete from issues where customer_id = of_customer and entity_id = of_entity and employee_id is null and worker_id = any (unselected);
      delete from holds where customer_id = of_customer and entity_id = of_entity and employee_id is null and worker_id = any (unselected);
    end $$`.execute(db);
  await ownDefinerFunctions(db, ["forget_matters_of_unselected(uuid, uuid)"]);
}
