import assert from "node:assert/strict";
import process from "node:process";
import test from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { openBrowser, openPage, signIn } from "./browser.ts";
import { connect } from "./connect-product.ts";
import { newestRun, type Product, startProduct } from "./product.ts";

/** All combinations. The everyday suite tests each page in one of them, so that together the pages cover all. */
const variants = (["nl", "fr", "en"] as const).flatMap((language) =>
  (["light", "dark"] as const).flatMap((colorScheme) =>
    [320, 1280].map((width) => ({ language, colorScheme, width })),
  ),
);
const isEveryVariant = process.env["TEST_TIER"] === "screens";
const variantsPerPage = isEveryVariant ? variants.length : 1;

test("every page is free of accessibility violations and sideways scrolling", async (t) => {
  const product = await startProduct(t);
  await connect(product);
  const browser = await openBrowser(t);
  const { page, errors } = await openPage(browser, { reducedMotion: "reduce" });
  await signIn(page, product.url, product.admin);
  const findings: string[] = [];
  for (const [index, address] of (await pageAddresses(product)).entries()) {
    for (let turn = 0; turn < variantsPerPage; turn += 1) {
      const variant = variants[(index * variantsPerPage + turn * 5) % variants.length];
      assert.ok(variant);
      await applyVariant(page, variant);
      findings.push(
        ...(await findViolations(page, product, address)).map(
          (finding) => `${address} ${JSON.stringify(variant)}: ${finding}`,
        ),
      );
    }
  }
  assert.deepEqual([...findings, ...errors], []);
});

async function applyVariant(
  page: Page,
  { language, colorScheme, width }: (typeof variants)[number],
): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.setViewportSize({ width, height: 800 });
  const { origin } = new URL(page.url());
  await page.request.patch(`${origin}/api/v1/session`, { data: { language }, headers: { origin } });
}

async function pageAddresses(product: Product): Promise<string[]> {
  const run = await newestRun(product);
  const { rows } = await product.database.owner.query<{ employee_id: string }>(
    "select employee_id from employees order by last_name limit 1",
  );
  const entity = `?entity=${product.entityId}`;
  const liantis = "/settings/integrations/liantis";
  const everyDay = [
    "/users",
    `/users/${rows[0]?.employee_id}`,
    `/users/${rows[0]?.employee_id}/salary`,
    "/settings/company",
    "/settings/admins",
    "/settings/api-keys",
    "/forgot-password",
    "/account-links/ended",
    "/settings/integrations",
    `${liantis}${entity}`,
    `${liantis}/history${entity}`,
    `${liantis}/runs/${run.id}${entity}`,
    `${liantis}/issues${entity}`,
    `${liantis}/mode${entity}&to=selective`,
    "/not-there",
  ];
  if (!isEveryVariant) return everyDay;
  return [
    ...everyDay,
    `/users/${rows[0]?.employee_id}/liantis`,
    `${liantis}/people${entity}`,
    `${liantis}/mode${entity}`,
    `${liantis}/tasks${entity}`,
    `${liantis}/holds${entity}`,
    `${liantis}/links${entity}`,
    "/cases",
  ];
}

async function findViolations(page: Page, product: Product, address: string): Promise<string[]> {
  await page.goto(`${product.url}${address}`);
  await page.locator("h1").first().waitFor();
  await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
  const { violations } = await new AxeBuilder({ page })
    // The pages have no frames, and only violations are of interest.
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const sideways = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
    ...(sideways > 0 ? [`scrolls ${sideways} px sideways`] : []),
  ];
}
