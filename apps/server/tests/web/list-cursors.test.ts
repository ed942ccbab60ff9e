import assert from "node:assert/strict";
import test from "node:test";
import type { Endpoint } from "@payflip/contract/endpoint.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import {
  addCases,
  addTenant,
  keyOf,
  openHttpServer,
  operatorKey,
  type Tenant,
} from "../support/http-server.ts";

type Headers = Record<string, string>;

const lists: Endpoint[] = Object.values(endpoints).filter(
  (one: Endpoint) => one.tenant !== "public" && one.query?.safeParse({ cursor: "x" }).success === true,
);

test("no cursor of any list shows a name or an address, and none is accepted by another list or customer", async (t) => {
  const http = await openHttpServer(t);
  const ours = await addTenant(http, "Ardennen");
  const theirs = await addTenant(http, "Kempen");
  await addCases(http, ours, "Ardennen");
  await http.database.owner.query("update employees set entity_id = $1 where entity_id = $2", [
    ...ours.entityIds,
  ]);
  await http.database.owner.query("update links set entity_id = $1 where entity_id = $2", [
    ...ours.entityIds,
  ]);
  const admin = await keyOf(http, { customerId: ours.customerId, role: "admin" });
  const foreign = await keyOf(http, { customerId: theirs.customerId, role: "admin" });
  const operator = await operatorKey(http, "success_manager");
  const get = (url: string, headers: Headers) => http.app.inject({ url, headers });
  const cursors = new Map<string, string>();
  for (const list of lists) {
    const headers = list.roles.includes("admin") ? admin : operator;
    const url = `${addressOf(list, ours)}?limit=1`;
    const answer = await get(url, headers);
    const cursor: unknown = answer.statusCode === 200 ? answer.json().nextCursor : null;
    if (typeof cursor === "string") cursors.set(list.path, cursor);
  }
  for (const path of [
    "/customers",
    "/entities",
    "/employees",
    "/entities/:id/liantis/links",
    "/fleet",
    "/syncs/:id/changes",
  ])
    assert.ok(cursors.has(path), `${path} has a next page: ${[...cursors.keys()].join(", ")}`);
  for (const [path, cursor] of cursors) {
    for (const text of decodings(cursor)) assert.doesNotMatch(text, /ardennen|kempen|example/i, path);
    for (const list of lists) {
      const caller = list.roles.includes("admin") ? admin : operator;
      const own = await get(`${addressOf(list, ours)}?limit=1&cursor=${cursor}`, caller);
      if (list.path === path) assert.equal(own.statusCode, 200, path);
      else
        assert.deepEqual(
          [own.statusCode, own.json().errors?.[0]?.path],
          [400, "cursor"],
          `${path} at ${list.path}`,
        );
    }
    const isOurs = !["/customers", "/fleet"].includes(path);
    const list = lists.find((one) => one.path === path);
    if (!isOurs || list === undefined) continue;
    const other = await get(`${addressOf(list, theirs)}?limit=1&cursor=${cursor}`, foreign);
    assert.equal(other.statusCode, 400, path);
  }
});

function addressOf({ path, tenant }: Endpoint, ids: Tenant): string {
  const byTenant: Partial<Record<string, readonly string[]>> = {
    entity: ids.entityIds,
    employee: ids.employeeIds,
    run: ids.runIds,
    preview: ids.previewIds,
    "managed customer": [ids.customerId],
  };
  return `/api/v1${path}`.replace(":id", byTenant[tenant]?.[0] ?? "");
}

/** The cursor as it is, and whatever base64 of any layer gives, as text of one byte and of UTF-8. */
function decodings(cursor: string): string[] {
  const layers = [cursor];
  for (let depth = 0; depth < 3; depth += 1) {
    const parts = layers.flatMap((layer) => layer.split(/[^\w+/=-]+/).filter((part) => part.length > 3));
    layers.push(
      ...parts.flatMap((part) => {
        const bytes = Buffer.from(part, "base64url");
        return [bytes.toString("utf8"), bytes.toString("latin1"), bytes.toString("utf16le")];
      }),
    );
  }
  return layers;
}
