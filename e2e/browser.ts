import process from "node:process";
import type { TestContext } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { chromiumProgram } from "./chromium-program.ts";

/**
 * Pages are painted without a graphics card, real or pretended: pretending one takes half of a browser's time, and the
 * library for it is not unpacked; without the last word on it a browser ends because that library is missing.
 */
const switches = [
  "--disable-gpu",
  "--disable-software-rasterizer",
  "--in-process-gpu",
  "--no-sandbox",
  "--no-zygote",
  "--disable-background-networking",
  "--disable-domain-reliability",
  "--no-pings",
  "--font-render-hinting=none",
];

/** A real Chromium, from the npm package or CHROMIUM_PATH. */
export async function openBrowser(t: Pick<TestContext, "after">): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] || (await chromiumProgram()),
    args: switches,
    headless: true,
  });
  t.after(() => browser.close());
  return browser;
}

/** What went wrong in the page itself: a journey in which anything did has failed. */
export interface PageTrouble {
  page: Page;
  trouble: string[];
}

/** Answers of the API that a page handles, and that the browser logs all the same. */
const handledAnswer =
  /Failed to load resource: the server responded with a status of (401|403|404|409|422|503)/;

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<PageTrouble> {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Europe/Brussels",
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const trouble: string[] = [];
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !handledAnswer.test(message.text())) trouble.push(message.text());
  });
  return { page, trouble };
}

/** A picture of where a failed journey stood, for whoever looks into it. */
export async function pictureOnFailure(
  page: Page,
  name: string,
  journey: () => Promise<void>,
): Promise<void> {
  try {
    await journey();
  } catch (error) {
    await page.screenshot({ path: `var/test/${name}.png`, fullPage: true }).catch(() => {});
    throw error;
  }
}

export async function signIn(
  page: Page,
  url: string,
  who: { email: string; password: string },
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.locator('input[type="email"]').fill(who.email);
  await page.locator('input[type="password"]').fill(who.password);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
}
