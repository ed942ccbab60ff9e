import assert from "node:assert/strict";
import test from "node:test";
import { createOperator } from "../apps/server/src/accounts/operators.ts";
import { openBrowser, openPage, screenshotOnFailure, signIn } from "./browser.ts";
import { startProduct } from "./product.ts";
import { nextMail } from "./support/mail-files.ts";

const password = "vier woorden zonder verband";

test("a success manager creates a customer, and its admin follows the mailed link, signs in and gets over a forgotten password", async (t) => {
  const product = await startProduct(t);
  const browser = await openBrowser(t);
  const manager = { email: "sam@payflip.example", password };
  const operator = { email: manager.email, name: "Sam", role: "success_manager" as const };
  await createOperator(product.database.db, operator, new Date());
  const { page, errors } = await openPage(browser);
  const other = await openPage(browser);
  await screenshotOnFailure(page, "accounts", async () => {
    // The manager's own first password comes by "forgot password" too.
    await askForLink(page, product.url, manager.email);
    await choosePassword(page, linkIn(await nextMail(product.mailDirectory, manager.email)), password);
    await signIn(page, product.url, manager);

    await page.getByRole("button", { name: "New customer" }).click();
    const dialog = page.getByRole("dialog");
    const names = dialog.getByLabel("Name");
    await names.nth(0).fill("Bakkerij Maes");
    await names.nth(1).fill("Bakkerij Maes BV");
    await names.nth(2).fill("Mia Maes");
    await dialog.getByLabel("E-mail").fill("mia@maes.example");
    await dialog.getByRole("button", { name: "Create the customer" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Bakkerij Maes", exact: true }).click();
    await page.getByText("Invited", { exact: true }).waitFor();
  });
  await screenshotOnFailure(other.page, "accounts-admin", async () => {
    const admin = { email: "mia@maes.example", password };
    const invitation = linkIn(await nextMail(product.mailDirectory, admin.email));
    await choosePassword(other.page, invitation, "kort");
    await other.page.getByText("This password has fewer than 12 characters.").waitFor();
    await choosePassword(other.page, invitation, password);
    await signIn(other.page, product.url, admin);
    // The customer is Dutch-speaking, and so is its admin.
    await other.page.getByRole("link", { name: "API-sleutels" }).click();
    await other.page.getByRole("button", { name: "Nieuwe API-sleutel" }).click();
    await other.page.getByRole("dialog").getByLabel("Naam").fill("Export");
    await other.page.getByRole("button", { name: "Sleutel aanmaken" }).click();
    assert.match(await other.page.getByLabel("API-sleutel", { exact: true }).inputValue(), /^pfk_/);
    await other.page.getByRole("button", { name: "Sluiten" }).click();
    await other.page.getByRole("button", { name: "Intrekken" }).click();
    await other.page.getByRole("alertdialog").getByRole("button", { name: "Intrekken" }).click();
    await other.page.getByText("Ingetrokken", { exact: true }).waitFor();
    await other.page.goto(invitation);
    await other.page.getByText("Deze link werkt niet meer").waitFor();
  });
  assert.deepEqual([...errors, ...other.errors], []);
});

type Page = Awaited<ReturnType<typeof openPage>>["page"];

async function askForLink(page: Page, url: string, email: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  // The sign-in page has a field of the same name.
  await page.getByRole("heading", { name: "Forgot your password?" }).waitFor();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.getByText("Check your mailbox").waitFor();
}

async function choosePassword(page: Page, link: string, text: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("New password").fill(text);
  await page.getByRole("button", { name: "Set the password" }).click();
  if (text === password) await page.getByRole("link", { name: "Go to the sign-in page" }).waitFor();
}

function linkIn(mail: string): string {
  const link = /https?:\/\/\S+\/account-links\/[\w-]+/.exec(mail)?.[0];
  assert.ok(link);
  return link;
}
