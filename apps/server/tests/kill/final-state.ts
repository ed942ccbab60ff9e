import assert from "node:assert/strict";
import type pg from "pg";

/** Everything a run leaves behind, but for ids that are drawn and instants. */
export async function finalState(owner: pg.Pool, runId: string): Promise<Record<string, unknown>> {
  const all = async (text: string, values: unknown[] = []) =>
    (await owner.query(text, values)).rows as unknown[];
  const changes = await all(
    `select worker_id, kind, contract_id, fields, reason from changes where run_id = $1
     order by worker_id, contract_id nulls first, kind, fields::text`,
    [runId],
  );
  assert.equal(
    new Set(changes.map((one) => JSON.stringify(one))).size,
    changes.length,
    "a change is repeated",
  );
  assert.deepEqual(
    await all("select seq from changes where run_id = $1 order by seq", [runId]),
    changes.map((_, index) => ({ seq: index + 1 })),
  );
  assert.deepEqual(
    await all("select run_id from staged_pages union all select run_id from staged_workers"),
    [],
  );
  return {
    changes,
    run: await all("select status, verdict, counts, change_seq, error_code from runs where run_id = $1", [
      runId,
    ]),
    employees: await all(`
      select l.worker_id, ${without("e", ["employee_id", "account_id", "created_at", "updated_at"])} as row, a.email
      from employees e join accounts a on a.account_id = e.account_id left join links l on l.employee_id = e.employee_id
      order by e.email`),
    contracts: await all(`
      select l.worker_id, ${without("c", ["employee_id", "updated_at"])} as row
      from wage_contracts c left join links l using (customer_id, employee_id) order by 1, c.contract_id`),
    links: await all(`
      select worker_id, content_hash, filled, settled, absent_since is not null as absent from links order by 1`),
    issues: await all(`
      select code, worker_id, contract_id, employee_id is not null as known, params, status, runs
      from issues order by 1, 2, 3, status`),
    connection: await all("select state, mode, confirming is null as settled from connections"),
    choices: await all("select worker_id, choice from choices order by 1"),
    accounts: await all("select email, language from accounts order by 1"),
    holds: await all("select kind, reasons, status from holds order by created_at"),
  };
}

function without(alias: string, columns: string[]): string {
  return `to_jsonb(${alias}) - '{${columns.join(",")}}'::text[]`;
}
