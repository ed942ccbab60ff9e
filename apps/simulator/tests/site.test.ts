import assert from "node:assert/strict";
import { test } from "node:test";
import { createBrowser, type Browser, type Step } from "../src/consent-browser.ts";
import { type Partner, startPartner } from "./partner.ts";

interface Visit {
  readonly browser: Browser;
  readonly address: (path: string) => URL;
  readonly worker: (workerId: string) => Record<string, unknown>;
}

async function visit(partner: Partner, prefix: string, path = "/my"): Promise<Visit & { page: Step }> {
  const { url, control } = partner.simulator;
  const browser = createBrowser(url);
  const address = (pathname: string) => new URL(pathname, url);
  const logInPage = await browser.get(address(path));
  assert.equal(logInPage.kind === "page" && logInPage.url.pathname, "/my/login");
  const form = { username: `${prefix}@${partner.enterpriseNumber}`, password: "liantis" };
  const page = await browser.post(logInPage.url, form);
  const worker = (workerId: string) =>
    control.worker(partner.enterpriseNumber, workerId) as Record<string, unknown>;
  return { browser, address, worker, page };
}

const textOf = (step: Step) => (step.kind === "page" ? step.text : "");
const WORKER_FORM = {
  firstName: "Zoë",
  lastName: "D'Hondt",
  email: "",
  language: "F",
  employeeNumber: "77",
  employmentStartDate: "2024-01-02",
  employmentEndDate: "",
};
const CONTRACT_FORM = {
  statute: "WHITE_COLLAR",
  wageType: "MONTHLY",
  grossAmount: "3100.50",
  startDate: "2026-01-01",
  endDate: "",
  weeklyHours: "38",
  referenceWeeklyHours: "38",
  workRegimePercentage: "100.00",
  employerSocialSecurityPercentage: "27.17",
  jointCommittee: "200",
};

test("after the log-in, a deep link opens the page of the worker", async () => {
  await using partner = await startPartner();
  const path = `/my/employers/${partner.enterpriseNumber}/workers/W0000002`;
  const { page } = await visit(partner, "main", path);
  assert.equal(page.url.pathname, path);
  assert.match(textOf(page), /Worker W0000002/);
});

test("every field of a worker can be changed and blanked", async () => {
  await using partner = await startPartner();
  const path = `/my/employers/${partner.enterpriseNumber}/workers/W0000002`;
  const { browser, address, worker } = await visit(partner, "main");
  const before = worker("W0000002");
  const saved = await browser.post(address(path), WORKER_FORM);
  assert.match(textOf(saved), /Saved\./);
  assert.match(textOf(saved), /D&#39;Hondt/);
  const blanked = Object.fromEntries(
    Object.entries(WORKER_FORM).map(([key, value]) => [key, value === "" ? null : value]),
  );
  assert.deepEqual(worker("W0000002"), { ...before, ...blanked });
});

test("contracts and workers can be added, changed and removed, and an employment can be ended", async () => {
  await using partner = await startPartner({ workers: 3 });
  const all = `/my/employers/${partner.enterpriseNumber}/workers`;
  const { browser, address, worker } = await visit(partner, "main");
  const added = await browser.post(address(`${all}/new`), WORKER_FORM);
  const workerId = added.url.pathname.split("/").at(-1) ?? "";
  assert.equal(worker(workerId)["firstName"], "Zoë");

  const one = `${all}/${workerId}`;
  await browser.post(address(`${one}/contracts`), CONTRACT_FORM);
  const contracts = () => worker(workerId)["wageContracts"] as Record<string, unknown>[];
  const contractId = String(contracts()[0]?.["contractId"] as string);
  assert.deepEqual(contracts(), [{ contractId, ...CONTRACT_FORM, endDate: null }]);
  await browser.post(address(`${one}/contracts/${contractId}`), { ...CONTRACT_FORM, grossAmount: "3300" });
  assert.equal(contracts()[0]?.["grossAmount"], "3300");
  await browser.post(address(`${one}/contracts/${contractId}/remove`), {});
  assert.deepEqual(contracts(), []);
  await browser.post(address(`${one}/end`), { employmentEndDate: "2026-12-31" });
  assert.equal(worker(workerId)["employmentEndDate"], "2026-12-31");
  await browser.post(address(`${one}/remove`), {});
  assert.throws(() => worker(workerId), /has no worker/);
});

test("the list of workers can be searched and paged, and the consent can be revoked there", async () => {
  await using partner = await startPartner({ workers: 120 });
  const all = `/my/employers/${partner.enterpriseNumber}/workers`;
  const { browser, address } = await visit(partner, "main");
  partner.simulator.control.patchWorker(partner.enterpriseNumber, "W0000100", { lastName: "Needle" });
  const found = textOf(await browser.get(address(`${all}?q=needle`)));
  assert.match(found, /W0000100/);
  assert.equal(found.match(/<tr><td>/g)?.length, 1);
  const first = textOf(await browser.get(address(all)));
  assert.equal(first.match(/<tr><td>/g)?.length, 50);
  const next = /href="([^"]+)">Next page/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
  assert.doesNotMatch(textOf(await browser.get(address(next))), /W0000050"/);
  await browser.post(address(`/my/employers/${partner.enterpriseNumber}/consent/revoke`), {});
  assert.equal((await partner.get(`/employers/${partner.enterpriseNumber}/workers`)).status, 403);
});

test("an ordinary user and a main user of another employer see no workers", async () => {
  await using partner = await startPartner();
  const { control } = partner.simulator;
  const path = `/my/employers/${partner.enterpriseNumber}/workers`;
  const user = await visit(partner, "user", path);
  assert.equal(user.page.kind === "page" && user.page.status, 403);
  const other = control.createEmployer({ name: "Other", workers: 1 });
  const stranger = await visit(partner, "main", `/my/employers/${other.enterpriseNumber}/workers/W0000001`);
  assert.equal(stranger.page.kind === "page" && stranger.page.status, 403);
  const posted = await stranger.browser.post(
    stranger.address(`/my/employers/${other.enterpriseNumber}/workers/W0000001/remove`),
    {},
  );
  assert.equal(posted.kind === "page" && posted.status, 403);
});

test("the log-in never redirects outside the site", async () => {
  await using partner = await startPartner();
  const browser = createBrowser(partner.simulator.url);
  const form = { username: `main@${partner.enterpriseNumber}`, password: "liantis" };
  for (const next of ["https://evil.example/my", "//evil.example", "/v1/employers", "/mystery"]) {
    const url = new URL(`/my/login?${new URLSearchParams({ next }).toString()}`, partner.simulator.url);
    const step = await browser.post(url, form);
    assert.deepEqual([step.kind, step.url.pathname], ["page", "/my"]);
  }
});

test("malformed data is shown as text and never as HTML", async () => {
  await using partner = await startPartner({ workers: 1 });
  const { control } = partner.simulator;
  const raw = {
    workerId: "W0000001",
    firstName: "<script>x</script>",
    email: 5,
    language: "X",
    wageContracts: [null, { contractId: 3 }],
  };
  control.putWorker(partner.enterpriseNumber, "W0000001", raw);
  const { page } = await visit(partner, "main", `/my/employers/${partner.enterpriseNumber}/workers/W0000001`);
  assert.doesNotMatch(textOf(page), /<script>/);
  assert.match(textOf(page), /value="5"/);
});
