import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import test from "node:test";
import { apiKey, connect } from "./connect-product.ts";
import { newestRun, startProduct } from "./product.ts";

test("the product runs with a provider other than the simulator when only the settings change", async (t) => {
  const provider = fork(path.resolve(import.meta.dirname, "../bench/provider.ts"));
  t.after(() => provider.kill());
  const [origin] = await once(provider, "message");
  const product = await startProduct(t, {
    settings: {
      LIANTIS_API_URL: String(origin),
      LIANTIS_ISSUER_URL: String(origin),
      LIANTIS_CLIENT_ID: "elsewhere",
      LIANTIS_CLIENT_SECRET: "secret",
      MYLIANTIS_URL: "https://my.liantis.example/portal/",
    },
  });
  const served = once(provider, "message");
  provider.send({
    employers: [{ enterpriseNumber: product.enterpriseNumber, people: 30, firstPerson: 0 }],
    changed: false,
  });
  await served;
  await connect(product);
  const run = await newestRun(product);
  assert.equal(run.verdict, "in_order");
  assert.equal(run.counts["created"], 30);
  assert.deepEqual(product.simulator.control.requests(), [], "the simulator got no requests");

  const authorization = `Bearer ${await apiKey(product)}`;
  const get = async (address: string) =>
    (await fetch(`${product.url}/api/v1${address}`, { headers: { authorization } })).json() as Promise<
      Record<string, unknown>
    >;
  const { items } = (await get(`/employees?entityId=${product.entityId}&limit=1`)) as {
    items: { id: string }[];
  };
  const { locks } = (await get(`/employees/${items[0]?.id}`)) as { locks: Record<string, { link: string }> };
  assert.match(
    locks["email"]?.link ?? "",
    new RegExp(`^https://my\\.liantis\\.example/portal/employers/${product.enterpriseNumber}/workers/`),
  );
});
