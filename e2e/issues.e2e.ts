import assert from "node:assert/strict";
import test from "node:test";
import { openBrowser, openPage, screenshotOnFailure, signIn } from "./browser.ts";
import { connect } from "./connect-product.ts";
import { startProduct } from "./product.ts";

test("a missing e-mail is an issue with a remedy and a link; after the e-mail is added, checking again creates the person", async (t) => {
  const product = await startProduct(t);
  await connect(product);
  const { rows } = await product.database.owner.query<{ worker_id: string }>(
    "select worker_id from issues where code = 'EMAIL_MISSING' and status = 'open'",
  );
  const workerId = rows[0]?.worker_id;
  assert.ok(workerId);
  const browser = await openBrowser(t);
  const { page, errors } = await openPage(browser);
  await screenshotOnFailure(page, "issues", async () => {
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
    assert.equal(await page.locator("#main:focus").count(), 1, "the focus stays in the page");
    await page.goto(`${product.url}/users?q=eindelijk`);
    await page.getByText("eindelijk.daar@fietsen.example").first().waitFor();
  });
  const closed = await product.database.owner.query(
    "select status from issues where code = 'EMAIL_MISSING' and worker_id = $1",
    [workerId],
  );
  assert.deepEqual(closed.rows, [{ status: "closed" }]);
  assert.deepEqual(errors, []);
});
