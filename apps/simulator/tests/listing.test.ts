import assert from "node:assert/strict";
import { test } from "node:test";
import { isEnterpriseNumber } from "../src/generate/enterprise-number.ts";
import { type Partner, startPartner } from "./partner.ts";

interface Page {
  items: { workerId: string; firstName: string; wageContracts: { contractId: string }[] }[];
  nextCursor: string | null;
  total: number;
  snapshotAt: string;
}

async function pageOf(partner: Partner, query: string): Promise<{ status: number; page: Page }> {
  const { status, body } = await partner.json(`/employers/${partner.enterpriseNumber}/workers?${query}`);
  return { status, page: body as unknown as Page };
}

function queryOf(limit: number, cursor: string | null): string {
  return cursor === null ? `limit=${limit}` : `limit=${limit}&cursor=${encodeURIComponent(cursor)}`;
}

test("a listing has every worker once, and the same total and time on every page", async () => {
  await using partner = await startPartner({ workers: 73 });
  const pages: Page[] = [];
  let cursor: string | null = null;
  do {
    const { page } = await pageOf(partner, queryOf(10, cursor));
    pages.push(page);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const ids = pages.flatMap((page) => page.items.map((item) => item.workerId));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(
    pages.map((page) => page.total),
    pages.map(() => ids.length),
  );
  assert.equal(new Set(pages.map((page) => page.snapshotAt)).size, 1);
});

test("a change between two pages is visible, and the total stays the same", async () => {
  await using partner = await startPartner({ workers: 40 });
  const { control } = partner.simulator;
  const first = (await pageOf(partner, "limit=10")).page;
  const ids = control.workerIds(partner.enterpriseNumber);
  control.patchWorker(partner.enterpriseNumber, ids[15] ?? "", { firstName: "Renamed" });
  control.removeWorker(partner.enterpriseNumber, ids[12] ?? "");
  const second = (await pageOf(partner, queryOf(10, first.nextCursor))).page;
  assert.equal(second.total, first.total);
  assert.ok(second.items.some((item) => item.firstName === "Renamed"));
  assert.ok(!second.items.some((item) => item.workerId === ids[12]));
});

test("a cursor is valid for ten simulated minutes and for one employer", async () => {
  await using partner = await startPartner({ workers: 40 });
  const { control } = partner.simulator;
  const { nextCursor } = (await pageOf(partner, "limit=10")).page;
  const other = control.createEmployer({ name: "Other", workers: 40, consent: "granted" });
  const elsewhere = await partner.get(
    `/employers/${other.enterpriseNumber}/workers?${queryOf(10, nextCursor)}`,
  );
  assert.equal(elsewhere.status, 410);
  control.advanceClock(599);
  assert.equal((await pageOf(partner, queryOf(10, nextCursor))).status, 200);
  control.advanceClock(1);
  assert.equal((await pageOf(partner, queryOf(10, nextCursor))).status, 410);
});

test("a token is valid for 300 simulated seconds", async () => {
  await using partner = await startPartner();
  const headers = { authorization: `Bearer ${await partner.token()}` };
  const url = `${partner.simulator.url}/v1/employers/${partner.enterpriseNumber}`;
  partner.simulator.control.advanceClock(290);
  assert.equal((await fetch(url, { headers })).status, 200);
  partner.simulator.control.advanceClock(10);
  assert.equal((await fetch(url, { headers })).status, 401);
});

test("workers who left a year ago and contracts that ended five years ago are not shown", async () => {
  await using partner = await startPartner({ workers: 1, now: "2026-06-15T08:00:00Z" });
  const { control } = partner.simulator;
  const add = (fields: Record<string, unknown>) => control.addWorker(partner.enterpriseNumber, fields);
  const gone = add({ employmentEndDate: "2025-06-15" });
  const stillShown = add({
    employmentEndDate: "2025-06-16",
    wageContracts: [
      { contractId: "old", endDate: "2021-06-14" },
      { contractId: "kept", endDate: "2021-06-15" },
      { contractId: "malformed", endDate: 7 },
    ],
  });
  const { page } = await pageOf(partner, "");
  assert.ok(!page.items.some((item) => item.workerId === gone));
  const shown = page.items.find((item) => item.workerId === stillShown);
  assert.deepEqual(
    shown?.wageContracts.map((contract) => contract.contractId),
    ["kept", "malformed"],
  );
  assert.equal((await partner.get(`/employers/${partner.enterpriseNumber}/workers/${gone}`)).status, 404);
  control.setClock("2026-06-16T08:00:00Z");
  assert.ok(!(await pageOf(partner, "")).page.items.some((item) => item.workerId === stillShown));
});

test("malformed workers are sent as they were stored", async () => {
  await using partner = await startPartner({ workers: 1 });
  const { control } = partner.simulator;
  for (const raw of [null, "text", 7, [], { workerId: "W0000001", wageContracts: "none", email: 5 }]) {
    control.putWorker(partner.enterpriseNumber, "W0000001", raw);
    assert.deepEqual((await pageOf(partner, "")).page.items, [raw]);
  }
});

test("a removed worker's id is never used again", async () => {
  await using partner = await startPartner({ workers: 3 });
  const { control } = partner.simulator;
  const added = control.addWorker(partner.enterpriseNumber, {});
  control.removeWorker(partner.enterpriseNumber, added);
  control.removeWorker(partner.enterpriseNumber, "W0000003");
  const next = control.addWorker(partner.enterpriseNumber, {});
  assert.ok(![added, "W0000003"].includes(next));
});

test("the same seed and time generate the same people, and another seed generates others", async () => {
  const listings = [];
  for (const seed of [5, 5, 6]) {
    await using partner = await startPartner({ seed, workers: 30, now: "2026-03-01T00:00:00Z" });
    listings.push(JSON.stringify((await pageOf(partner, "")).page.items));
  }
  assert.equal(listings[0], listings[1]);
  assert.notEqual(listings[0], listings[2]);
});

test("generated people are a realistic mix", async () => {
  await using partner = await startPartner({ workers: 500 });
  const { page } = await pageOf(partner, "limit=500");
  const people = page.items as unknown as Record<string, unknown>[];
  const contracts = page.items.flatMap((item) => item.wageContracts) as unknown as Record<string, string>[];
  const share = (test: (contract: Record<string, string>) => boolean) =>
    contracts.filter(test).length / contracts.length;
  assert.ok(Math.abs(share((contract) => contract["statute"] === "WHITE_COLLAR") - 0.7) < 0.1);
  assert.ok(
    share((contract) => contract["statute"] === "WHITE_COLLAR" && contract["wageType"] === "HOURLY") > 0.01,
  );
  assert.ok(
    Math.abs(contracts.length / people.length - 1.3) < 0.12,
    String(contracts.length / people.length),
  );
  assert.ok(people.some((person) => person["email"] === null || person["email"] === ""));
  const emails = people
    .map((person) => person["email"])
    .filter((email) => typeof email === "string" && email !== "");
  assert.equal(new Set(emails).size, emails.length);
  for (const contract of contracts) {
    const { weeklyHours, referenceWeeklyHours, workRegimePercentage, startDate = "", endDate } = contract;
    assert.equal((Number(weeklyHours) / Number(referenceWeeklyHours)) * 100, Number(workRegimePercentage));
    assert.ok(endDate === null || endDate === undefined || startDate <= endDate, JSON.stringify(contract));
  }
  assert.ok(isEnterpriseNumber(partner.enterpriseNumber));
});

test("an employer of a hundred thousand people is created and paged without generating all of them", async () => {
  await using partner = await startPartner({ workers: 100_000 });
  const { control } = partner.simulator;
  control.patchWorker(partner.enterpriseNumber, "W0000502", { firstName: "Edited" });
  const first = (await pageOf(partner, "limit=500")).page;
  const second = (await pageOf(partner, queryOf(500, first.nextCursor))).page;
  assert.deepEqual([first.items.length, second.items.length], [500, 500]);
  assert.ok(second.items.some((item) => item.firstName === "Edited"));
  assert.ok(first.total > 99_000);
  // Only the settings of this employer and one edit are stored.
  assert.ok(JSON.stringify(control.employer(partner.enterpriseNumber)).length < 1_000);
});
