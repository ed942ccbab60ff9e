import assert from "node:assert/strict";
import test from "node:test";
import type { Page } from "playwright-core";
import { openBrowser, openPage, screenshotOnFailure, signIn } from "./browser.ts";
import { type Product, startProduct, untilNextRunEnds } from "./product.ts";

test("a customer from the flex plan chooses people, confirms exactly the preview, and adds a person later", async (t) => {
  const product = await startProduct(t, { migratedFromFlexPlan: true });
  await connectWithConsentOnly(product);
  const browser = await openBrowser(t);
  const { page, errors } = await openPage(browser);
  await screenshotOnFailure(page, "choices", async () => {
    await signIn(page, product.url, product.admin);
    await page.goto(`${product.url}/settings/integrations/liantis/activate?entity=${product.entityId}`);
    assert.equal(await page.getByRole("radio", { name: /^Full/ }).isDisabled(), true);
    await page.getByText(/switching from the Liantis flex plan/).waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await pick(page, product);
    const ended = await untilNextRunEnds(product);
    await page.getByRole("button", { name: "Sync 4 employees" }).click();
    await ended.wait();
    await page.getByRole("heading", { name: "Next steps" }).waitFor();
    assert.deepEqual(await countChoices(product), { selected: 4, excluded: 20 });

    await chooseOneMore(page, product);
  });
  assert.deepEqual(await countChoices(product), { selected: 5, excluded: 19 });
  const { rows } = await product.database.owner.query("select count(*)::int as people from links");
  assert.deepEqual(rows, [{ people: 5 }]);
  assert.deepEqual(errors, []);
});

/** Selects three people as a range and one from a pasted list, and opens the preview. */
async function pick(page: Page, product: Product): Promise<void> {
  await page.getByRole("heading", { name: "Choose your employees" }).waitFor();
  const boxes = page.getByRole("row").getByRole("checkbox");
  await boxes.nth(0).click();
  await boxes.nth(2).click({ modifiers: ["Shift"] });
  await page.getByText("3 of 24 selected").waitFor();
  await page.getByRole("button", { name: "Paste a list" }).click();
  const fourth = await numberInRow(page, 5);
  await page.getByLabel("E-mail addresses or employee numbers").fill(`${fourth}\nnobody@fietsen.example`);
  await page.getByRole("dialog").getByRole("button", { name: "Select" }).click();
  await page.getByRole("dialog").getByText("nobody@fietsen.example").last().waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Sync 4 employees" }).click();
  await page.getByRole("heading", { name: "Review and confirm" }).waitFor();
  await page.getByRole("heading", { name: "Stay excluded: 20" }).waitFor();
  const { rows } = await product.database.owner.query("select count(*)::int as people from employees");
  assert.deepEqual(rows, [{ people: 0 }], "a preview writes nothing");
  // The server keeps the preview and the tab keeps the selection: after a reload the same step is shown.
  await page.reload();
}

async function numberInRow(page: Page, row: number): Promise<string> {
  return await page.getByRole("row").nth(row).getByRole("cell").first().innerText();
}

async function chooseOneMore(page: Page, product: Product): Promise<void> {
  await page.goto(`${product.url}/settings/integrations/liantis/people?entity=${product.entityId}`);
  const row = page.getByRole("row").filter({ hasText: "Excluded" }).filter({ hasText: "New" }).first();
  await row.getByRole("checkbox").click();
  await page.getByRole("button", { name: "Sync (1)" }).click();
  const ended = await untilNextRunEnds(product);
  await page.getByRole("alertdialog").getByRole("button", { name: "Sync" }).click();
  await ended.wait();
  await page.getByText("View the result").waitFor();
}

/** Brings the connection to the state in which the consent is given and people are to be chosen. */
async function connectWithConsentOnly({
  simulator,
  database,
  customerId,
  entityId,
  enterpriseNumber,
}: Product) {
  simulator.control.setConsent(enterpriseNumber, "granted");
  await database.owner.query(
    `insert into connections (customer_id, entity_id, state, enterprise_number, updated_at)
     values ($1, $2, 'choosing', $3, $4)`,
    [customerId, entityId, enterpriseNumber, new Date().toISOString()],
  );
}

async function countChoices({ database }: Product): Promise<Record<string, number>> {
  const { rows } = await database.owner.query<{ choice: string; people: number }>(
    "select choice, count(*)::int as people from choices group by choice order by choice desc",
  );
  return Object.fromEntries(rows.map(({ choice, people }) => [choice, people]));
}
