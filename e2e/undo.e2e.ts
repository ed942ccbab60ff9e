import assert from "node:assert/strict";
import test from "node:test";
import type { Page } from "playwright-core";
import { openBrowser, openPage, screenshotOnFailure, signIn } from "./browser.ts";
import { connect, syncThroughApi } from "./connect-product.ts";
import { type Product, startProduct, untilNextRunEnds } from "./product.ts";

interface Person {
  worker_id: string;
  employee_id: string;
  first_name: string;
}

test("an admin undoes the changes of a sync, later syncs hold them, and the person can be checked again", async (t) => {
  const product = await startProduct(t);
  await connect(product);
  const person = await firstLinkedPerson(product);
  product.simulator.control.patchWorker(product.enterpriseNumber, person.worker_id, { firstName: "Zoé" });
  const changing = await syncThroughApi(product);
  assert.equal((await firstLinkedPerson(product)).first_name, "Zoé");

  const browser = await openBrowser(t);
  const { page, errors } = await openPage(browser);
  await screenshotOnFailure(page, "undo", async () => {
    await signIn(page, product.url, product.admin);
    await undo(page, product, changing.id);
    assert.equal((await firstLinkedPerson(product)).first_name, person.first_name);
    await checkNow(page, product, person);
  });
  assert.equal(
    (await firstLinkedPerson(product)).first_name,
    person.first_name,
    "the sync does not write it again",
  );
  assert.deepEqual(errors, []);
});

async function firstLinkedPerson({ database }: Product): Promise<Person> {
  const { rows } = await database.owner.query<Person>(`
    select l.worker_id, e.employee_id, e.first_name
    from links l join employees e using (customer_id, employee_id) order by l.worker_id limit 1`);
  assert.ok(rows[0]);
  return rows[0];
}

async function undo(page: Page, product: Product, runId: string): Promise<void> {
  await page.goto(`${product.url}/settings/integrations/liantis/runs/${runId}?entity=${product.entityId}`);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("1 person in this sync").waitFor();
  await page.getByRole("button", { name: "Undo for 1 person" }).click();
  await page.getByRole("heading", { name: "Undone" }).waitFor();
  await page.getByText("Undone for 1 person: 1 field.").waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("row").filter({ hasText: "Zoé" }).getByText("Undone").waitFor();
}

async function checkNow(page: Page, product: Product, person: Person): Promise<void> {
  await page.goto(`${product.url}/users/${person.employee_id}/liantis`);
  await page.getByRole("heading", { name: "What the last sync did" }).waitFor();
  await page.getByText("Fetched from Liantis").first().waitFor();
  await page.getByRole("heading", { name: /were undone and are on hold/ }).waitFor();
  const ended = await untilNextRunEnds(product);
  await page.getByRole("button", { name: "Check this person now" }).click();
  const run = await ended.wait();
  assert.equal(run.counts["fetched"], 1);
  await page.getByText("View the result").waitFor();
}
