import assert from "node:assert/strict";
import test from "node:test";
import { openBrowser, openPage, pictureOnFailure, signIn } from "./browser.ts";
import { connect, syncThroughApi } from "./connected.ts";
import { startProduct, untilNextRunEnds } from "./product.ts";

test("a listing that lost half its people is held, says so in words, and goes through only when an admin accepts it", async (t) => {
  const product = await startProduct(t);
  await connect(product);
  const people = async () =>
    (await product.database.owner.query("select employee_id, row_version from employees order by 1")).rows;
  const before = await people();
  product.simulator.control.armFault({ kind: "half-listing", always: true });
  assert.equal((await syncThroughApi(product)).verdict, "held");

  const browser = await openBrowser(t);
  const { page, trouble } = await openPage(browser);
  await pictureOnFailure(page, "hold", async () => {
    await signIn(page, product.url, product.admin);
    await page.goto(`${product.url}/settings/integrations/liantis?entity=${product.entityId}`);
    const card = page.locator("section", {
      has: page.getByRole("heading", { name: "The whole sync is held back" }),
    });
    await card.getByText(/\d+ of the \d+ /).waitFor();
    assert.doesNotMatch(await card.innerText(), /[A-Z]+_[A-Z]+/, "a reason is words, not a code");
    await card.getByRole("button", { name: "Accept" }).click();
    const ended = await untilNextRunEnds(product);
    await page.getByRole("alertdialog").getByRole("button", { name: "Accept" }).click();
    const run = await ended.wait();
    assert.notEqual(run.verdict, "held");
    await card.waitFor({ state: "detached" });
  });
  assert.deepEqual(await people(), before, "nobody is changed or deactivated, whoever is absent");
  const { rows } = await product.database.owner.query<{ absent: number }>(
    "select count(*)::int as absent from links where absent_since is not null",
  );
  assert.ok((rows[0]?.absent ?? 0) > 5);
  assert.deepEqual(trouble, []);
});
