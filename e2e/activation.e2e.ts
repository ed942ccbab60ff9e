import assert from "node:assert/strict";
import test from "node:test";
import type { Page } from "playwright-core";
import { openBrowser, openPage, screenshotOnFailure, signIn } from "./browser.ts";
import { newestRun, type Product, startProduct, untilNextRunEnds } from "./product.ts";

test("an admin activates the integration, and a later sync writes exactly the changes made at Liantis", async (t) => {
  const product = await startProduct(t);
  const browser = await openBrowser(t);
  const { page, errors } = await openPage(browser);
  await screenshotOnFailure(page, "activation", async () => {
    await signIn(page, product.url, product.admin);
    await activate(page, product);
    await assertPersonWithWage(page, product);
    const changed = await changeAtMyLiantis(page, product);
    await syncNow(page, product);
    await assertChangesShown(page, changed);
    await syncNow(page, product);
    const again = await newestRun(product);
    assert.equal(again.counts["updated"], 0);
    assert.equal(again.counts["created"], 0);
  });
  assert.deepEqual(errors, []);
});

async function activate(page: Page, product: Product): Promise<void> {
  await page.goto(`${product.url}/settings/integrations`);
  await page.getByRole("main").getByText("Activate", { exact: true }).click();
  await page.getByRole("button", { name: "Check and continue" }).click();
  await page.getByText("Yes, I am", { exact: true }).click();
  await page.getByRole("button", { name: /Liantis/ }).click();
  await logInAtMyLiantis(page, product);
  await page.getByRole("button", { name: "Give consent" }).click();
  await page.getByRole("heading", { name: "Choose your sync method" }).waitFor();
  // The server keeps the state: after a reload the same step is shown.
  await page.reload();
  await page.getByText("Full (automatic)", { exact: true }).click();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("heading", { name: /^Will be added: \d+$/ }).waitFor();
  await page.getByRole("button", { name: "Sync 24 employees" }).click();
  await page.getByRole("heading", { name: "Next steps" }).waitFor();
}

async function logInAtMyLiantis(page: Page, product: Product): Promise<void> {
  await page.getByLabel("User name").fill(`main@${product.enterpriseNumber}`);
  await page.getByLabel("Password").fill("liantis");
  await page.getByRole("button", { name: "Log in" }).click();
}

interface Person {
  worker_id: string;
  first_name: string;
  last_name: string;
  email: string;
  contract_id: string;
  gross_amount: string;
}

/** The first person with exactly one wage contract. */
async function personWithOneContract(product: Product): Promise<Person> {
  const { rows } = await product.database.owner.query<Person>(`
    select l.worker_id, e.first_name, e.last_name, e.email, c.contract_id, c.gross_amount
    from links l join employees e using (customer_id, employee_id) join wage_contracts c using (customer_id, employee_id)
    where (select count(*) from wage_contracts o where o.employee_id = e.employee_id) = 1
    order by l.worker_id limit 1`);
  assert.ok(rows[0]);
  return rows[0];
}

async function assertPersonWithWage(page: Page, product: Product): Promise<void> {
  const { first_name, last_name } = await personWithOneContract(product);
  await page.goto(`${product.url}/users`);
  await page.getByRole("link", { name: `${first_name} ${last_name}` }).click();
  await page.getByRole("main").getByText("Salary", { exact: true }).click();
  await page.getByText("€").first().waitFor();
}

/** Edits a name, an e-mail and a wage on the MyLiantis site. @returns the old and the new values */
async function changeAtMyLiantis(page: Page, product: Product): Promise<[before: string, after: string][]> {
  const person = await personWithOneContract(product);
  await page.goto(
    `${product.simulator.myUrl}/employers/${product.enterpriseNumber}/workers/${person.worker_id}`,
  );
  await logInAtMyLiantis(page, product);
  const form = page.locator("form", { has: page.getByLabel("First name") });
  await form.getByLabel("First name").fill("Zoé");
  await form.getByLabel("E-mail address").fill("zoe.nieuw@fietsen.example");
  await form.getByRole("button", { name: /save/i }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  const contract = page.locator("form", { has: page.getByLabel("Gross amount (EUR)") }).first();
  const amount = (Number(person.gross_amount) * 1.02).toFixed(2);
  await contract.getByLabel("Gross amount (EUR)").fill(amount);
  await contract.getByRole("button", { name: /save/i }).click();
  await page.getByText("Contract saved.", { exact: true }).waitFor();
  return [
    [person.first_name, "Zoé"],
    [person.email, "zoe.nieuw@fietsen.example"],
  ];
}

async function syncNow(page: Page, product: Product): Promise<void> {
  await page.goto(`${product.url}/settings/integrations/liantis?entity=${product.entityId}`);
  const button = page.getByRole("button", { name: "Sync now" });
  await button.waitFor();
  const ended = await untilNextRunEnds(product);
  await button.click();
  await ended.wait();
}

async function assertChangesShown(page: Page, changed: [before: string, after: string][]): Promise<void> {
  await page.getByRole("main").getByText("Sync history", { exact: true }).first().click();
  // The overview has a link to the last run too, so the search is limited to the table of the history.
  const history = page
    .getByRole("table")
    .filter({ has: page.getByRole("columnheader", { name: "Started" }) });
  await history.getByRole("link").first().click();
  await page.getByRole("heading", { name: "Changes" }).waitFor();
  for (const values of changed) {
    const row = page.getByRole("row").filter({ hasText: values[0] }).filter({ hasText: values[1] });
    await row.first().waitFor();
  }
  await page.getByRole("row").filter({ hasText: /gross/i }).first().waitFor();
}
