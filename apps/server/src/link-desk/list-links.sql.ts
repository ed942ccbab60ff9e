import type { LinkState } from "@payflip/contract/links.ts";
import { type RawBuilder, sql } from "kysely";
import type { EntityKey } from "../domain/records/keys.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A linked worker and employee, or one of the two without a link. */
export interface LinkRecord {
  state: LinkState;
  workerId: string | null;
  workerName: string | null;
  employeeId: string | null;
  employeeName: string | null;
  email: string | null;
  employeeNumber: string | null;
  linkedAt: string | null;
  absentSince: string | null;
  enterpriseNumber: string | null;
  /** The place in the list: a name without accents in lower case, then the id. */
  sortName: string;
  sortId: string;
}

export interface LinkFilter extends EntityKey {
  /** Words in lower case without accents: each must occur. */
  words: string[];
  state: LinkState | null;
}

/** SQL: lower case without accents, the same as `plainText` in people/search-text.ts. */
const plain = (text: RawBuilder<unknown>) =>
  sql`lower(regexp_replace(normalize(${text}, nfd), '[\u0300-\u036f]', '', 'g'))`;

/**
 * SQL: the employees of an entity, and the workers without a link that a stored row still names: an issue, a hold or an unlinked
 * pair. Nothing else is stored of those workers.
 */
const desk = ({ customerId, entityId }: EntityKey) => sql`
  people as (
    select case when l.worker_id is null then 'employee_alone' else 'linked' end as state,
           l.worker_id,
           null::text as worker_name,
           e.employee_id,
           trim(e.first_name || ' ' || e.last_name) as employee_name,
           e.email,
           e.employee_number,
           l.linked_at,
           l.absent_since,
           ${plain(sql`e.last_name || ' ' || e.first_name`)} as sort_name,
           e.employee_id::text as sort_id,
           e.search_text || ' ' || lower(coalesce(l.worker_id, '')) as searched
    from employees e
    left join links l on l.customer_id = e.customer_id and l.employee_id = e.employee_id
    where e.customer_id = ${customerId} and e.entity_id = ${entityId}),
  named as (
    select worker_id, nullif(params ->> 'name', '') as name, nullif(params ->> 'employeeNumber', '') as number
    from issues
    where customer_id = ${customerId} and entity_id = ${entityId} and status <> 'closed' and worker_id <> ''
    union all
    select worker_id, null, null
    from holds
    where customer_id = ${customerId}
      and entity_id = ${entityId}
      and status in ('open', 'rejected')
      and worker_id <> ''
    union all
    select worker_id, null, null
    from unlinked_pairs
    where customer_id = ${customerId} and entity_id = ${entityId}),
  alone as (
    select 'worker_alone' as state,
           n.worker_id,
           max(n.name) as worker_name,
           null::uuid as employee_id,
           null::text as employee_name,
           null::text as email,
           max(n.number) as employee_number,
           null::timestamptz as linked_at,
           null::timestamptz as absent_since,
           ${plain(sql`coalesce(max(n.name), '')`)} as sort_name,
           n.worker_id as sort_id,
           ${plain(sql`concat_ws(' ', max(n.name), max(n.number), n.worker_id)`)} as searched
    from named n
    where not exists (
      select from links l
      where l.customer_id = ${customerId} and l.entity_id = ${entityId} and l.worker_id = n.worker_id)
    group by n.worker_id),
  desk as (select * from people union all select * from alone)`;

/** A page of the link desk by name, and the total. */
export async function listLinks(
  trx: TenantTransaction,
  filter: LinkFilter,
  page: { limit: number; after: [sortName: string, sortId: string] | null },
): Promise<{ links: LinkRecord[]; total: number }> {
  const conditions = [
    sql`(${filter.state}::text is null or d.state = ${filter.state}::text)`,
    ...filter.words.map((word) => sql`d.searched like ${`%${word.replaceAll(/[\\%_]/g, "\\$&")}%`}`),
  ];
  const matching = sql.join(conditions, sql` and `);
  const [sortName, sortId] = page.after ?? [null, null];
  const { rows: links } = await sql<LinkRecord>`
    with ${desk(filter)}
    select ${columns}
    from desk d
    left join connections c on c.customer_id = ${filter.customerId} and c.entity_id = ${filter.entityId}
    where ${matching}
      and (
        ${sortName}::text is null
        or (d.sort_name collate "C", d.sort_id collate "C") > (${sortName}::text, ${sortId}::text)
      )
    order by d.sort_name collate "C", d.sort_id collate "C"
    limit ${page.limit}`.execute(trx);
  const { rows: totals } = await sql<{ total: number }>`
    with ${desk(filter)} select count(*)::int as total from desk d where ${matching}`.execute(trx);
  return { links, total: totals[0]?.total ?? 0 };
}

/** The row of one employee on the link desk. */
export async function findLink(
  trx: TenantTransaction,
  employee: EntityKey & { employeeId: string },
): Promise<LinkRecord | undefined> {
  const { rows } = await sql<LinkRecord>`
    with ${desk(employee)}
    select ${columns}
    from desk d
    left join connections c on c.customer_id = ${employee.customerId} and c.entity_id = ${employee.entityId}
    where d.employee_id = ${employee.employeeId}::uuid`.execute(trx);
  return rows[0];
}

const columns = sql`
  d.state,
  d.worker_id as "workerId",
  d.worker_name as "workerName",
  d.employee_id as "employeeId",
  d.employee_name as "employeeName",
  d.email,
  d.employee_number as "employeeNumber",
  d.linked_at as "linkedAt",
  d.absent_since as "absentSince",
  c.enterprise_number as "enterpriseNumber",
  d.sort_name as "sortName",
  d.sort_id as "sortId"`;
