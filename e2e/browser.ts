import process from "node:process";
import type { TestContext } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { chromiumProgram } from "./support/chromium-program.ts";

/**
 * Pages are rendered without a graphics card. Its emulation would take half of a browser's time, and the library for it is not
 * unpacked: without `--in-process-gpu` the browser ends because that library is missing.
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

export interface OpenPage {
  page: Page;
  /** Script errors and logged errors of the page: a test expects none. */
  errors: string[];
}

/** Answers of the API that a page handles; the browser still logs them as errors. */
const handledError =
  /Failed to load resource: the server responded with a status of (401|403|404|409|410|422|503)/;

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Europe/Brussels",
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !handledError.test(message.text())) errors.push(message.text());
  });
  return { page, errors };
}

/** Runs the journey. If it fails, saves a screenshot of the page as `var/test/NAME.png`. */
export async function screenshotOnFailure(
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
