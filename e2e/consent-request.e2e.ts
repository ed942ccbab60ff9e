import assert from "node:assert/strict";
import { mkdir, readdir, readFile, watch } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { openBrowser, openPage, screenshotOnFailure, signIn } from "./browser.ts";
import { startProduct } from "./product.ts";

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

    const link = /https?:\/\/\S+\/connect\/[\w-]+/.exec(await firstMail(product.mailDirectory))?.[0];
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

/** The decoded text of the first mail; waits until it is written. */
async function firstMail(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const changes = watch(directory, { signal: AbortSignal.timeout(20_000) });
  for (let found = await readMails(directory); ; found = await readMails(directory)) {
    if (found[0] !== undefined) return found[0];
    await changes[Symbol.asyncIterator]().next();
  }
}

async function readMails(directory: string): Promise<string[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith(".eml"));
  return await Promise.all(
    files.map(async (name) => decodeQuotedPrintable(await readFile(path.join(directory, name), "utf8"))),
  );
}

/** Decodes the soft line breaks and hexadecimal characters of quoted-printable. */
function decodeQuotedPrintable(mail: string): string {
  return mail
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
