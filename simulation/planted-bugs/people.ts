import type { PlantedBug } from "./planted-bug.ts";

/** Mistakes in the rooms of the provider, people, choices, decisions and the connection. */
export const peopleBugs: readonly PlantedBug[] = [
  {
    name: "does not know English",
    file: "apps/server/src/liantis/decode.ts",
    text: '  ["E", "en"],\n',
    instead: "",
  },
  {
    name: "swaps first and last name in an update",
    file: "apps/server/src/people/person-writes.sql.ts",
    text: "...personColumns(updatedPersonFields),",
    instead:
      '...personColumns(updatedPersonFields).map((one) => ({ ...one, name: { first_name: "last_name", last_name: "first_name" }[one.name] ?? one.name })),',
  },
  {
    name: "changes the sign-in of invited people",
    file: "apps/server/src/people/person-writes.sql.ts",
    text: "and e.invited_at is null and a.password_hash is null",
    instead: "and a.password_hash is null",
  },
  {
    name: "reads an unreadable end as no end",
    file: "apps/server/src/liantis/fields.ts",
    text: "(this.date(field, value) ?? undefined)",
    instead: "(this.date(field, value) ?? null)",
  },
  {
    name: "writes the hours of a full-timer",
    file: "apps/server/src/people/person-writes.sql.ts",
    text: '...contractColumns(contractFieldNames),\n  plainColumn("withdrawn"',
    instead:
      '...contractColumns(contractFieldNames).filter((one) => one.name !== "weekly_hours"),\n  textColumn("weekly_hours", "numeric", (row) => row.referenceWeeklyHours),\n  plainColumn("withdrawn"',
  },
  {
    name: "keeps a hold that has no reason any more",
    file: "apps/server/src/decisions/person-holds.sql.ts",
    text: "and kind <> 'reverted' and last_run_id is distinct from ${run.runId}::uuid",
    instead: "and kind = 'nothing'",
  },
  {
    name: "treats returned people as absent",
    file: "apps/server/src/people/person-writes.sql.ts",
    text: "settled = excluded.settled, absent_since = null",
    instead: "settled = excluded.settled",
  },
  {
    name: "treats unreadable people as absent",
    file: "apps/server/src/people/links/linked-people.sql.ts",
    text: "  select unnest(unreadable_worker_ids)\n  from staged_pages\n  where customer_id = ${run.customerId} and run_id = ${run.runId}\n  union all\n",
    instead: "",
  },
  {
    name: "marks absent in every entity",
    file: "apps/server/src/people/links/linked-people.sql.ts",
    text: "and l.entity_id = ${run.entityId}\n      and l.absent_since is null\n      and not exists",
    instead: "and l.absent_since is null\n      and not exists",
  },
  {
    name: "closes the issues of every entity",
    file: "apps/server/src/decisions/issues.sql.ts",
    text: '    .where("entity_id", "=", run.entityId)\n    .where("status", "<>", "closed")\n    .where("last_run_id"',
    instead: '    .where("status", "<>", "closed")\n    .where("last_run_id"',
  },
  {
    name: "never closes an issue",
    file: "apps/server/src/decisions/issues.sql.ts",
    text: "{ workerId, except }: { workerId: string | null; except: readonly string[] },\n): Promise<void> {\n",
    instead:
      '{ workerId, except }: { workerId: string | null; except: readonly string[] },\n): Promise<void> {\n  if (run.runId !== "") return;\n',
  },
  {
    name: "does not refresh an issue",
    file: "apps/server/src/decisions/issues.sql.ts",
    text: "else i.runs + 1 end,\n      last_run_id = excluded.last_run_id",
    instead: "else i.runs + 1 end",
  },
  {
    name: "leaves a run open when it is switched off",
    file: "apps/server/src/connection/switch-connection.ts",
    text: "    const cancelled = await cancelOpenRuns(trx, customerId, entityId, now);",
    instead: "    const cancelled: string[] = [];",
  },
  {
    name: "fetches people who were not chosen",
    file: "apps/server/src/choices/choices.sql.ts",
    text: "where c.choice = 'selected' or (",
    instead: "where true or (",
  },
  {
    name: "synchronises released people",
    file: "apps/server/src/choices/choices.sql.ts",
    text: "where c.choice = 'selected' or (",
    instead: "where c.choice in ('selected', 'released') or (",
  },
  {
    name: "creates waiting people",
    file: "apps/server/src/choices/choices.sql.ts",
    text: "where c.choice = 'selected' or (",
    instead: "where c.choice in ('selected', 'waiting') or (",
  },
  {
    name: "forgets waiting people",
    file: "apps/server/src/choices/choices.sql.ts",
    text: "select ${customerId}::uuid, ${entityId}::uuid, u.worker_id, 'waiting', ${now}::timestamptz\n    from (${unchosen}) u",
    instead:
      "select ${customerId}::uuid, ${entityId}::uuid, u.worker_id, 'excluded', ${now}::timestamptz\n    from (${unchosen}) u",
  },
  {
    name: "treats people who were not chosen as absent",
    file: "apps/server/src/people/links/linked-people.sql.ts",
    text: "  select unnest(unchosen_worker_ids) as worker_id\n  from staged_pages\n  where customer_id = ${run.customerId} and run_id = ${run.runId}\n  union all\n  ${presentInScope(run)}`;",
    instead: "  ${presentInScope(run)}`;",
  },
];
