import assert from "node:assert/strict";
import test from "node:test";
import { openBrowser, openPage, pictureOnFailure, signIn } from "./browser.ts";
import { connect } from "./connected.ts";
import { startProduct } from "./product.ts";

test("somebody without an e-mail is an issue with its remedy and a way there; once added and checked again the issue is closed and they are in", async (t) => {
  const product = await startProduct(t);
  await connect(product);
  const { rows } = await product.database.owner.query<{ worker_id: string }>(
    "select worker_id from issues where code = 'EMAIL_MISSING' and status = 'open'",
  );
  const workerId = rows[0]?.worker_id;
  assert.ok(workerId);
  const browser = await openBrowser(t);
  const { page, trouble } = await openPage(browser);
  await pictureOnFailure(page, "issues", async () => {
    await signIn(page, product.url, product.admin);
    const address = `${product.url}/settings/integrations/liantis/issues?entity=${product.entityId}`;
    await page.goto(address);
    await page
      .getByText(/then .*Sync now/i)
      .first()
      .waitFor();
    const link = page.locator(`a[href*="/workers/${workerId}"]`).first();
    assert.equal(
      await link.getAttribute("href"),
      `${product.simulator.myUrl}/employers/${product.enterpriseNumber}/workers/${workerId}`,
    );
    product.simulator.control.patchWorker(product.enterpriseNumber, workerId, {
      email: "eindelijk.daar@fietsen.example",
    });
    const row = page.locator("li").filter({ has: link });
    await row.getByRole("button", { name: /^Check again/ }).click();
    await link.waitFor({ state: "detached" });
    assert.equal(await page.locator("#main:focus").count(), 1, "the focus is not lost");
    await page.goto(`${product.url}/users?q=eindelijk`);
    await page.getByText("eindelijk.daar@fietsen.example").first().waitFor();
  });
  const closed = await product.database.owner.query(
    "select status from issues where code = 'EMAIL_MISSING' and worker_id = $1",
    [workerId],
  );
  assert.deepEqual(closed.rows, [{ status: "closed" }]);
  assert.deepEqual(trouble, []);
});
