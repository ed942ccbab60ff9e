import assert from "node:assert/strict";
import test from "node:test";
import type { Page } from "playwright-core";
import { openBrowser, openPage, screenshotOnFailure, signIn } from "./browser.ts";
import { connect, syncThroughApi } from "./connect-product.ts";
import { type Product, startProduct, untilNextRunEnds } from "./product.ts";

test("a wage that doubles overnight is held while the person's other fields are written, until an admin accepts it", async (t) => {
  const product = await startProduct(t);
  await connect(product);
  const raise = await doubleWage(product);
  assert.equal((await syncThroughApi(product)).counts["held"], 1);
  assert.deepEqual(await readPerson(product, raise), { first_name: "Zoé", gross_amount: raise.before });

  const browser = await openBrowser(t);
  const { page, errors } = await openPage(browser);
  await screenshotOnFailure(page, "wage-hold", async () => {
    await signIn(page, product.url, product.admin);
    await acceptWage(page, product);
  });
  assert.deepEqual(await readPerson(product, raise), { first_name: "Zoé", gross_amount: raise.after });
  assert.deepEqual(errors, []);
});

async function acceptWage(page: Page, product: Product): Promise<void> {
  await page.getByRole("link", { name: /On hold.*1 change on hold/ }).click();
  const card = page.locator("section", { has: page.getByRole("heading", { name: /^The wage of Zoé/ }) });
  await card.getByText("Gross wage as sent by Liantis").waitFor();
  await card.getByRole("button", { name: "Accept" }).click();
  const ended = await untilNextRunEnds(product);
  await page.getByRole("alertdialog").getByRole("button", { name: "Accept" }).click();
  const run = await ended.wait();
  assert.equal(run.counts["held"], 0);
  await page.getByRole("heading", { name: "Nothing is on hold" }).waitFor();
}

interface Raise {
  workerId: string;
  contractId: string;
  before: string;
  after: string;
}

/** Changes a first name at Liantis and doubles the wage of that person's current contract. */
async function doubleWage({ database, simulator, enterpriseNumber }: Product): Promise<Raise> {
  const { rows } = await database.owner.query<{ worker_id: string; contract_id: string; gross: string }>(`
    select l.worker_id, c.contract_id, c.gross_amount as gross
    from links l join employees e using (customer_id, employee_id)
      join wage_contracts c on c.customer_id = e.customer_id and c.contract_id = e.current_contract_id
        and c.employee_id = e.employee_id
    where c.wage_type = 'monthly'
    order by l.worker_id limit 1`);
  const found = rows[0];
  assert.ok(found);
  const { wageContracts } = simulator.control.patchWorker(enterpriseNumber, found.worker_id, {
    firstName: "Zoé",
  }) as { wageContracts: { contractId: string }[] };
  const after = (Number(found.gross) * 2).toFixed(2);
  simulator.control.patchWorker(enterpriseNumber, found.worker_id, {
    wageContracts: wageContracts.map((contract) =>
      contract.contractId === found.contract_id ? { ...contract, grossAmount: after } : contract,
    ),
  });
  return { workerId: found.worker_id, contractId: found.contract_id, before: found.gross, after };
}

async function readPerson({ database }: Product, { workerId, contractId }: Raise) {
  const { rows } = await database.owner.query(
    `select e.first_name, c.gross_amount
     from links l join employees e using (customer_id, employee_id) join wage_contracts c using (customer_id, employee_id)
     where l.worker_id = $1 and c.contract_id = $2`,
    [workerId, contractId],
  );
  return rows[0];
}

test("a listing that lost half of its people is held with a reason in words, and applied only when an admin accepts it", async (t) => {
  const product = await startProduct(t);
  await connect(product);
  const people = async () =>
    (await product.database.owner.query("select employee_id, row_version from employees order by 1")).rows;
  const before = await people();
  product.simulator.control.armFault({ kind: "half-listing", always: true });
  assert.equal((await syncThroughApi(product)).verdict, "held");

  const browser = await openBrowser(t);
  const { page, errors } = await openPage(browser);
  await screenshotOnFailure(page, "hold", async () => {
    await signIn(page, product.url, product.admin);
    await page.goto(`${product.url}/settings/integrations/liantis?entity=${product.entityId}`);
    const card = page.locator("section", {
      has: page.getByRole("heading", { name: "The whole sync is on hold" }),
    });
    await card.getByText(/\d+ of the \d+ /).waitFor();
    assert.doesNotMatch(await card.innerText(), /[A-Z]+_[A-Z]+/, "the reason has no code in it");
    await card.getByText(/^Who is missing/).click();
    const missing = await card.getByRole("link", { name: /\w+ \w+/ }).count();
    assert.ok(missing > 5, "each missing person is a link");
    await card.getByRole("button", { name: "See what would happen" }).click();
    await page.getByRole("heading", { name: /^No longer in the list from Liantis/ }).waitFor();
    await page
      .getByText(/^Missing for the first time/)
      .first()
      .waitFor();
    const ended = await untilNextRunEnds(product);
    await page.getByRole("button", { name: "Accept" }).click();
    const run = await ended.wait();
    assert.notEqual(run.verdict, "held");
    await page.getByRole("link", { name: "View the result" }).waitFor();
    await page.goto(`${product.url}/settings/integrations/liantis?entity=${product.entityId}`);
    await page.getByText("Safety checks").waitFor();
    await card.waitFor({ state: "detached" });
  });
  assert.deepEqual(await people(), before, "absent people are neither changed nor deactivated");
  const { rows } = await product.database.owner.query<{ absent: number }>(
    "select count(*)::int as absent from links where absent_since is not null",
  );
  assert.ok((rows[0]?.absent ?? 0) > 5);
  assert.deepEqual(errors, []);
});

test("with a wage limit of three times the wage a doubled wage is not held, and one button resets the limit", async (t) => {
  const product = await startProduct(t);
  await connect(product);
  const browser = await openBrowser(t);
  const { page, errors } = await openPage(browser);
  await screenshotOnFailure(page, "limits", async () => {
    await signIn(page, product.url, product.admin);
    await page.goto(`${product.url}/settings/integrations/liantis?entity=${product.entityId}`);
    const open = () => page.getByRole("heading", { name: "Safety checks" }).click();
    await open();
    const factor = page.getByRole("textbox", { name: /^Sudden wage change/ });
    await factor.fill("0,5");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Fill in a number from 1.05 to 20.").waitFor();
    await factor.fill("3");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The safety checks are saved.").waitFor();
    const raise = await doubleWage(product);
    assert.equal((await syncThroughApi(product)).counts["held"], 0);
    assert.deepEqual(await readPerson(product, raise), { first_name: "Zoé", gross_amount: raise.after });
    await page.reload();
    await open();
    assert.equal(await factor.inputValue(), "3");
    await page.getByRole("button", { name: "Restore the default values" }).click();
    await page.getByText("The safety checks are saved.").waitFor();
    assert.equal(await factor.inputValue(), "1.5");
  });
  assert.deepEqual(errors, []);
});
