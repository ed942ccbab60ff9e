import assert from "node:assert/strict";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import test from "node:test";
import { addTenant, type HttpServer, keyOf, openHttpServer, type Tenant } from "../support/http-server.ts";

async function openWithRun(
  t: Parameters<typeof openHttpServer>[0],
  change: Parameters<typeof openHttpServer>[1] = {},
) {
  const http = await openHttpServer(t, change);
  const tenant = await addTenant(http, "Ardennen");
  const admin = await keyOf(http, { customerId: tenant.customerId, role: "admin" });
  return { http, tenant, admin };
}

function setRun(
  { database }: HttpServer,
  { runIds }: Tenant,
  values: { status: string; verdict?: string; done?: number },
): Promise<unknown> {
  return database.owner.query(
    "update runs set status = $2, verdict = $3, done = $4, phase = 'apply' where run_id = $1",
    [runIds[0], values.status, values.verdict ?? null, values.done ?? 0],
  );
}

/** A stream of server-sent events over a real connection. */
async function listen(http: HttpServer, runId: string, headers: Record<string, string>) {
  if (!http.app.server.listening) await http.app.listen({ host: "127.0.0.1", port: 0 });
  const address = http.app.server.address();
  if (address === null || typeof address === "string") throw new Error("a port");
  const request = get({
    host: "127.0.0.1",
    port: address.port,
    path: `/api/v1/syncs/${runId}/events`,
    headers,
  });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.setEncoding("utf8");
  const events: { id: string; data: { status: string; progress: { done: number } } }[] = [];
  const waiting: (() => void)[] = [];
  let rest = "";
  response.on("data", (text: string) => {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const [, id, data] = /^id: (.+)\nevent: run\ndata: (.+)$/.exec(block) ?? [];
      if (id !== undefined && data !== undefined) events.push({ id, data: JSON.parse(data) });
    }
    for (const wake of waiting.splice(0)) wake();
  });
  // Closing the page breaks the stream: that is no error of this test.
  response.on("error", () => {});
  const ended = new Promise<void>((resolve) => response.once("close", resolve));
  return {
    response,
    request,
    events,
    ended,
    async event(count: number) {
      while (events.length < count) {
        const arrived = Promise.withResolvers<void>();
        waiting.push(arrived.resolve);
        await arrived.promise;
      }
      return events[count - 1];
    },
  };
}

test("events: the run now, each change, and the end; no event is sent twice", async (t) => {
  const { http, tenant, admin } = await openWithRun(t);
  const [runId] = tenant.runIds;
  await setRun(http, tenant, { status: "running", done: 1 });
  const stream = await listen(http, runId, admin);
  assert.match(String(stream.response.headers["content-type"]), /^text\/event-stream/);
  assert.equal(stream.response.headers["x-content-type-options"], "nosniff");
  assert.equal((await stream.event(1))?.data.progress.done, 1);
  await setRun(http, tenant, { status: "running", done: 2 });
  http.runChanged(runId);
  assert.equal((await stream.event(2))?.data.progress.done, 2);
  const again = await listen(http, runId, { ...admin, "last-event-id": stream.events[1]?.id ?? "" });
  await setRun(http, tenant, { status: "finished", verdict: "in_order", done: 2 });
  http.runChanged(runId);
  const last = await stream.event(3);
  assert.equal(last?.data.status, "finished");
  await stream.ended;
  assert.equal((await again.event(1))?.data.status, "finished", "what was seen before is not sent again");
  await again.ended;
  assert.equal(http.watchers(), 0);
  const over = await listen(http, runId, { ...admin, "last-event-id": last?.id ?? "" });
  assert.equal(over.response.statusCode, 204, "the browser is told to stop asking");
});

test("events: a closed page is watched for no longer", async (t) => {
  const { http, tenant, admin } = await openWithRun(t);
  await setRun(http, tenant, { status: "running" });
  const stream = await listen(http, tenant.runIds[0], admin);
  await stream.event(1);
  stream.request.destroy();
  await stream.ended;
  while (http.watchers() > 0) await new Promise((resolve) => setImmediate(resolve));
});

test("sync now joins a running sync; beyond the limit the answer says when to try again", async (t) => {
  const { http, tenant, admin } = await openWithRun(t, {
    sync: {
      requestSync: async () => ({ kind: "limit_reached", retryAfterSeconds: 90, remaining: 0 }),
      checkPerson: async () => ({ kind: "not_possible" }),
      checkWorker: async () => ({ kind: "not_possible" }),
      followPerson: async () => null,
      watchRun: () => () => {},
      acceptHold: async () => ({ kind: "not_open" }),
      rejectHold: async () => ({ kind: "not_open" }),
    },
  });
  const url = `/api/v1/entities/${tenant.entityIds[0]}/liantis/syncs`;
  const limited = await http.app.inject({ method: "POST", url, headers: admin });
  assert.equal(limited.statusCode, 429);
  assert.equal(limited.headers["retry-after"], "90");
  assert.equal(limited.json().remaining, 0);
  const hold = await http.app.inject({
    method: "POST",
    url: `/api/v1/holds/${tenant.holdIds[0]}/acceptance`,
    headers: admin,
  });
  assert.equal(hold.statusCode, 409);
});

test("runs, changes and wages: values are null for a viewer who may not see them", async (t) => {
  const { http, tenant, admin } = await openWithRun(t);
  const [runId] = tenant.runIds;
  const get = async (url: string, headers: Record<string, string>) =>
    (await http.app.inject({ url: `/api/v1${url}`, headers })).json();
  const runs = await get(`/entities/${tenant.entityIds[0]}/liantis/syncs`, admin);
  assert.equal(runs.total, 1);
  assert.equal(runs.items[0].counts.created, 1);
  assert.equal(runs.items[0].holds.length, 1);
  const pages = [await get(`/syncs/${runId}/changes?limit=2`, admin)];
  pages.push(await get(`/syncs/${runId}/changes?limit=2&cursor=${pages[0].nextCursor}`, admin));
  const changes = pages.flatMap((page) => page.items);
  assert.deepEqual(
    changes.map(({ field, before, after }) => [field, before, after]),
    [
      ["firstName", null, "Zoé"],
      ["lastName", null, "Ardennen1"],
      ["grossMonthly", "3300.00", "3318.03"],
    ],
  );
  assert.equal(pages[0].total, 3);
  assert.equal(pages[1].nextCursor, null);
  assert.equal(changes[0].employeeName, "Zoé Ardennen1");
  await http.database.owner.query("update api_keys set sees_wages = false");
  const hidden = await get(`/syncs/${runId}/changes`, admin);
  assert.deepEqual([hidden.items[2].before, hidden.items[2].after], [null, null]);
});

test("the connection shows its state; another number pauses it until the old one is back", async (t) => {
  const { http, tenant, admin } = await openWithRun(t);
  const [id] = tenant.entityIds;
  const look = async () =>
    (await http.app.inject({ url: `/api/v1/entities/${id}/liantis`, headers: admin })).json();
  const change = async (vatNumber: string) =>
    (
      await http.app.inject({
        method: "PATCH",
        url: `/api/v1/entities/${id}`,
        headers: admin,
        payload: { vatNumber },
      })
    ).json();
  await change("BE 0403.019.261");
  const connection = await look();
  assert.equal(connection.state, "active");
  assert.equal(connection.freshness, "fresh");
  assert.deepEqual(connection.counts, {
    employees: 1,
    waiting: 0,
    excluded: 0,
    issues: 1,
    tasks: 1,
    held: 1,
  });
  assert.equal(connection.openHolds.length, 1, "whatever opened it: a run, a check of one person or an undo");
  assert.ok(connection.nextRunAt > http.clock.now.toISOString());
  assert.deepEqual(await change("zomaar iets"), {
    id,
    name: "Ardennen 1",
    vatNumber: "zomaar iets",
    enterpriseNumber: null,
    emailDomain: null,
  });
  assert.deepEqual([(await look()).state, (await look()).pausedReason], ["paused", "number_changed"]);
  const { items } = (await http.app.inject({ url: "/api/v1/entities", headers: admin })).json();
  const reasons = items.map((one: { name: string; pausedReason: string | null }) => [
    one.name,
    one.pausedReason,
  ]);
  assert.deepEqual(reasons, [
    ["Ardennen 1", "number_changed"],
    ["Ardennen 2", null],
  ]);
  await change("0403019261");
  assert.deepEqual([(await look()).state, (await look()).pausedReason], ["active", null]);
  await http.database.owner.query("update customers set liantis_available_at = null");
  assert.equal((await look()).state, "unavailable");
});

test("issues say what, why, who and where, in the caller's language; accepting one takes it off the list", async (t) => {
  const { http, tenant, admin } = await openWithRun(t);
  const url = `/api/v1/entities/${tenant.entityIds[0]}/issues`;
  const headers = { ...admin, "accept-language": "nl" };
  const [issue] = (await http.app.inject({ url, headers })).json().items;
  assert.equal(issue.code, "EMAIL_MISSING");
  assert.equal(issue.who, "customer");
  assert.match(issue.remedy, /MyLiantis/);
  assert.match(issue.link, /\/employers\/0403019261\/workers\/w-Ardennen1$/);
  assert.equal(issue.employeeNumber, "E-1");
  const accept = () =>
    http.app.inject({ method: "POST", url: `/api/v1/issues/${issue.id}/acceptance`, headers });
  assert.equal((await accept()).json().status, "accepted");
  assert.equal((await accept()).statusCode, 409);
  assert.equal((await http.app.inject({ url, headers })).json().total, 0);
  assert.equal(
    (await http.app.inject({ url: `${url}?status=accepted&severity=error`, headers })).json().total,
    1,
  );
});
