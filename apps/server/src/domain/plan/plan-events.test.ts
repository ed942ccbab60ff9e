import assert from "node:assert/strict";
import { test } from "node:test";
import type { WorkerContract, WorkerRecord } from "../records/worker.ts";
import {
  aContract,
  anEmployee,
  aPolicy,
  aStoredContract,
  aWorker,
  linkedTo,
  matchedWith,
  someFacts,
} from "../testing/sample-people.ts";
import { eventIssues } from "./plan-events.ts";
import { planPerson } from "./plan.ts";

function issuesOf(different: Partial<WorkerRecord>, facts = linkedTo()): [string, string | null][] {
  const plan = planPerson(aWorker(different), facts, aPolicy());
  return plan.issues.map((issue) => [issue.code, issue.contractId]);
}

const contracts = (sent: Partial<WorkerContract>) => ({ contracts: [aContract(sent)] });

test("a changed e-mail raises a notice", () => {
  assert.deepEqual(issuesOf({ email: "ines.desmedt@bakkerij.be" }), [["EMAIL_CHANGED", null]]);
});

const retroactive: [name: string, sent: Partial<WorkerContract>, told: boolean][] = [
  ["pay of a contract that has run for years", { grossAmount: "3300" }, true],
  ["the regime of one", { workRegimePercentage: "90" }, true],
  ["the start of one, to a later day", { startDate: "2026-12-01" }, true],
  ["the end of one alone", { endDate: "2026-12-31" }, false],
  ["an end in this month", { endDate: "2026-11-03" }, false],
  ["an end on the last day that was paid", { endDate: "2026-10-31" }, false],
  ["an end among months that were paid", { endDate: "2026-03-31" }, true],
  ["nothing", {}, false],
];
for (const [name, sent, expected] of retroactive)
  test(`months that were paid: ${name}`, () => {
    const events = issuesOf(contracts(sent)).filter(([code]) => code !== "FUTURE_CONTRACT_ONLY");
    assert.deepEqual(events, expected ? [["RETROACTIVE_CHANGE", "c-1"]] : []);
  });

test("a removed end changes the pay of past months, and a withdrawn contract too", () => {
  const ended = linkedTo(anEmployee({ contracts: [{ ...aStoredContract(), endDate: "2026-06-30" }] }));
  assert.deepEqual(issuesOf(contracts({ endDate: null }), ended), [["RETROACTIVE_CHANGE", "c-1"]]);
  const two = linkedTo(
    anEmployee({ contracts: [aStoredContract(), { ...aStoredContract(), contractId: "c-0" }] }),
  );
  const events = issuesOf({}, two).filter(([code]) => code === "RETROACTIVE_CHANGE");
  assert.deepEqual(events, [["RETROACTIVE_CHANGE", "c-0"]]);
});

test("a contract from this month changes no month that was paid, one from last month does", () => {
  const added = (startDate: string) =>
    issuesOf({
      contracts: [aContract({ endDate: "2026-11-30" }), aContract({ contractId: "c-2", startDate })],
    }).filter(([code]) => code === "RETROACTIVE_CHANGE");
  assert.deepEqual(added("2026-11-01"), []);
  assert.deepEqual(added("2026-10-31"), [["RETROACTIVE_CHANGE", "c-2"]]);
});

test("a first sync raises no notice of a change", () => {
  assert.deepEqual(issuesOf({}, someFacts()), []);
  assert.deepEqual(issuesOf({}, matchedWith(anEmployee({ contracts: [] }))), []);
});

test("a held plan raises no notice of a change", () => {
  assert.deepEqual(issuesOf(contracts({ grossAmount: "32000" })), []);
  const alarm = { code: "MANY_IDENTITIES_CHANGED", params: {} } as const;
  assert.deepEqual(
    issuesOf({ email: "ander@bakkerij.be" }, linkedTo(anEmployee(), { identityAlarm: alarm })),
    [],
  );
});

test("a person whose only contract has yet to start has a notice with its first day", () => {
  assert.deepEqual(issuesOf(contracts({ startDate: "2027-01-01" }), someFacts()), [
    ["FUTURE_CONTRACT_ONLY", null],
  ]);
});

test("a plan without writes raises no notice", () => {
  assert.deepEqual(eventIssues([], [], "2026-11-22"), []);
});
