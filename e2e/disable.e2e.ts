import assert from "node:assert/strict";
import test from "node:test";
import { openBrowser, openPage, screenshotOnFailure, signIn } from "./browser.ts";
import { connect } from "./connect-product.ts";
import { startProduct } from "./product.ts";

test("disabling the integration unlocks people and keeps their data, and enabling it locks them again", async (t) => {
  const product = await startProduct(t);
  await connect(product);
  const browser = await openBrowser(t);
  const { page, errors } = await openPage(browser);
  const people = async () =>
    (await product.database.owner.query("select employee_id, row_version from employees order by 1")).rows;
  const before = await people();
  await screenshotOnFailure(page, "disable", async () => {
    await signIn(page, product.url, product.admin);
    await page.goto(`${product.url}/settings/integrations/liantis?entity=${product.entityId}`);
    await page.getByRole("button", { name: "Disable" }).click();
    await page.getByLabel("Type “Fietsen De Vos” to confirm").fill("Fietsen De Vos");
    await page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
    await page.getByRole("heading", { name: "Enable again" }).waitFor();
    const person = `${product.url}/users/${(before[0] as { employee_id: string }).employee_id}`;
    await page.goto(person);
    await page.getByLabel("First name").waitFor();
    assert.equal(await page.getByText("Managed in Liantis").count(), 0);
    await page.goto(`${product.url}/settings/integrations/liantis?entity=${product.entityId}`);
    await page.getByRole("button", { name: "Enable" }).click();
    await page.getByRole("button", { name: "Sync now" }).waitFor();
    await page.goto(person);
    await page.getByText("Managed in Liantis").first().waitFor();
  });
  assert.deepEqual(await people(), before);
  assert.deepEqual(errors, []);
});
