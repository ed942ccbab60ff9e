import assert from "node:assert/strict";
import test from "node:test";
import { openBrowser, openPage, screenshotOnFailure, signIn } from "./browser.ts";
import { startProduct } from "./product.ts";
import { nextMail } from "./support/mail-files.ts";

test("an admin who is not a main user asks one for the consent, and continues after it was given", async (t) => {
  const product = await startProduct(t);
  const browser = await openBrowser(t);
  const { page, errors } = await openPage(browser);
  const mainUser = await openPage(browser);
  await screenshotOnFailure(page, "consent-request", async () => {
    await signIn(page, product.url, product.admin);
    await page.goto(`${product.url}/settings/integrations/liantis/activate?entity=${product.entityId}`);
    await page.getByRole("button", { name: "Check and continue" }).click();
    await page.getByText("No, someone else is", { exact: true }).click();
    await page.getByLabel("E-mail of the main user").fill("els.peeters@fietsen.example");
    await page.getByRole("button", { name: "Send the request" }).click();
    await page.getByText(/Consent requested from els\.peeters@fietsen\.example/).waitFor();

    const link = /https?:\/\/\S+\/connect\/[\w-]+/.exec(await nextMail(product.mailDirectory))?.[0];
    assert.ok(link);
    await mainUser.page.goto(link);
    await mainUser.page.getByText("Fietsen De Vos Groep").first().waitFor();
    await mainUser.page.getByText("BE 1009.001.225").first().waitFor();
    await mainUser.page.getByRole("button").click();
    await mainUser.page.getByLabel("User name").fill(`main@${product.enterpriseNumber}`);
    await mainUser.page.getByLabel("Password").fill("liantis");
    await mainUser.page.getByRole("button", { name: "Log in" }).click();
    await mainUser.page.getByRole("button", { name: "Give consent" }).click();
    await mainUser.page.waitForURL(/\/connect\/done\?outcome=granted/);

    await page.reload();
    await page.getByRole("heading", { name: "Choose your sync method" }).waitFor();
  });
  const { rows } = await product.database.owner.query(
    "select signer_role, addressee_email, signer_is_addressee from consent_receipts",
  );
  assert.deepEqual(rows, [
    { signer_role: "main_user", addressee_email: "els.peeters@fietsen.example", signer_is_addressee: false },
  ]);
  assert.deepEqual([...errors, ...mainUser.errors], []);
});
