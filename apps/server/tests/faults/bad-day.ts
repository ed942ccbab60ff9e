import assert from "node:assert/strict";
import type { FaultRequest } from "../../../simulator/src/faults/fault-kind.ts";
import type { WorkerPage } from "../../src/liantis/liantis.ts";
import type { StoredRun } from "../../src/runs/runs.sql.ts";
import type { ConnectedEntity } from "../support/connected-entity.ts";
import { composeTestServer, testConfig } from "../support/test-server.ts";

/** A checksum over every row of people, wages, links and sign-ins: equal sums mean that no person was changed. */
export async function peopleChecksum(connected: Pick<ConnectedEntity, "rows">): Promise<string> {
  const [row] = await connected.rows<{ sum: string }>(`
    select md5(string_agg(line, chr(10) order by line)) as sum from (
      select 'employee ' || e::text as line from employees e
      union all select 'contract ' || c::text from wage_contracts c
      union all select 'link ' || l::text from links l
      union all select 'account ' || a::text from accounts a) as lines`);
  assert.ok(row);
  return row.sum;
}

/** Runs a sync that may change no person and send no mail. */
export async function syncUntouched(
  connected: ConnectedEntity,
  sync: () => Promise<StoredRun> = () => connected.sync(),
): Promise<StoredRun> {
  const before = await peopleChecksum(connected);
  const run = await sync();
  assert.equal(run.status, "finished");
  assert.equal(await peopleChecksum(connected), before, "somebody was changed");
  assert.deepEqual(await connected.rows("select * from changes where run_id = $1", [run.runId]), []);
  assert.deepEqual(await connected.rows("select * from mails"), []);
  await assertNothingStaged(connected);
  return run;
}

/** After the fault the next run ends well by itself and closes the issues about it. */
export async function assertHeals(connected: ConnectedEntity): Promise<StoredRun> {
  connected.simulator.control.clearFaults();
  const run = await connected.sync();
  assert.equal(run.status, "finished");
  assert.ok(
    run.verdict === "in_order" || run.verdict === "needs_attention",
    `the next run ends ${run.verdict}`,
  );
  assert.deepEqual(await openRunIssues(connected), []);
  assert.deepEqual(await connected.rows("select * from holds where status = 'open'"), []);
  await assertNothingStaged(connected);
  return run;
}

async function assertNothingStaged(connected: ConnectedEntity): Promise<void> {
  assert.deepEqual(
    await connected.rows("select run_id from staged_pages union all select run_id from staged_workers"),
    [],
    "what was staged ends with the run",
  );
}

/** Codes of the open issues that are about a run rather than a person. */
export async function openRunIssues(connected: ConnectedEntity): Promise<string[]> {
  const rows = await connected.rows<{ code: string }>(
    "select code from issues where status = 'open' and worker_id = '' order by code",
  );
  return rows.map((row) => row.code);
}

/** Arms a fault for every call. */
export function armAlways(connected: ConnectedEntity, fault: FaultRequest): void {
  connected.simulator.control.armFault({ ...fault, always: true });
}

/** Changes the provider's answers on their way to the engine; `page` counts the calls of the run from 1. */
export function onPages(
  connected: ConnectedEntity,
  hooks: {
    before?: (page: number) => void;
    after?: (answer: WorkerPage, page: number) => WorkerPage;
  },
): void {
  const { liantis } = connected.engine;
  let page = 0;
  connected.engine.liantis = {
    ...liantis,
    fetchWorkerPage: async (number, options) => {
      page = options.cursor === null ? 1 : page + 1;
      const place = page;
      hooks.before?.(place);
      const answer = await liantis.fetchWorkerPage(number, options);
      return hooks.after?.(answer, place) ?? answer;
    },
  };
}

/** A new client of the provider without a token. @param timeoutMs for one whole exchange */
export async function freshLiantis(
  connected: ConnectedEntity,
  t: { after: (stop: () => Promise<void>) => void },
  timeoutMs = 10_000,
): Promise<void> {
  const { database, simulator } = connected;
  const { liantis } = await composeTestServer(t, database, {
    config: testConfig(simulator),
    provider: { headersTimeoutMs: 1000, bodyTimeoutMs: 1000, exchangeTimeoutMs: timeoutMs },
  });
  connected.engine.liantis = liantis;
}

/** The reasons of the one open hold. */
export async function openHold(
  connected: ConnectedEntity,
): Promise<{ hold_id: string; run_id: string; reasons: { code: string; params: Record<string, string> }[] }> {
  const holds = await connected.rows<{
    hold_id: string;
    run_id: string;
    reasons: { code: string; params: Record<string, string> }[];
  }>("select hold_id, run_id, reasons from holds where status = 'open'");
  assert.equal(holds.length, 1);
  const [hold] = holds;
  assert.ok(hold);
  return hold;
}

/** A worker without any issue. */
export function newcomer(firstName: string): Record<string, unknown> {
  return {
    firstName,
    lastName: "Nieuw",
    email: `${firstName.toLowerCase()}.nieuw@fietsen.example`,
    language: "N",
    employmentStartDate: "2026-11-01",
    employeeNumber: `N-${firstName}`,
  };
}
