import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { WorkerContract } from "../records/worker.ts";
import {
  aContract,
  add,
  anEmployee,
  aPolicy,
  aStoredContract,
  aWorker,
  contractChanges,
  issues,
  kinds,
  linkedTo,
  sync,
} from "../testing/sample-people.ts";
import { planPerson } from "./plan.ts";

describe("dates of a contract", () => {
  test("a new contract without usable dates is left out, with an issue, and the person is created", () => {
    const bad: [Partial<WorkerContract>, string][] = [
      [{ startDate: null }, "start_missing"],
      [{ startDate: "0203-05-01" }, "start_implausible"],
      [{ startDate: "2026-11-23", endDate: "2026-11-22" }, "end_before_start"],
    ];
    for (const [sent, reason] of bad) {
      const plan = add(sent);
      assert.deepEqual(
        [plan.bucket, kinds(plan), issues(plan)],
        ["created", ["create_employee"], [["CONTRACT_DATES_INVALID", reason]]],
      );
      assert.equal(plan.issues[0]?.params["effect"], "kept_out");
    }
  });

  test("a stored contract keeps both its dates, and its other values are written", () => {
    const plan = sync({ startDate: "2027-01-01", endDate: "2026-12-31", grossAmount: "3300" });
    assert.deepEqual(Object.keys(contractChanges(plan)), ["grossAmount", "grossMonthly"]);
    assert.deepEqual(issues(plan), [["CONTRACT_DATES_INVALID", "end_before_start"]]);
  });

  test("a start after the stored end is not written without an end", () => {
    const plan = sync({ startDate: "2027-02-01", endDate: undefined }, { endDate: "2026-12-31" });
    assert.deepEqual(
      [contractChanges(plan), issues(plan)],
      [{}, [["CONTRACT_DATES_INVALID", "end_before_start"]]],
    );
  });

  test("a contract of one day is a contract", () => {
    assert.deepEqual(issues(add({ startDate: "2026-11-22", endDate: "2026-11-22" })), []);
  });

  test("contradicting dates of an ended contract raise no issue while another contract runs", () => {
    const beside = (sent: Partial<WorkerContract>) =>
      planPerson(
        aWorker({ contracts: [aContract(), aContract({ contractId: "c-0", ...sent })] }),
        linkedTo(),
        aPolicy(),
      );
    for (const sent of [
      { startDate: "2022-02-01", endDate: "2022-01-31" },
      { startDate: null, endDate: "2022-01-31" },
    ])
      assert.deepEqual(
        issues(beside(sent)).filter(([code]) => code === "CONTRACT_DATES_INVALID"),
        [],
      );
  });

  test("contradicting dates of the last contract raise an issue when no contract runs", () => {
    const only = (sent: Partial<WorkerContract>) => issues(add(sent));
    const mistyped = ["CONTRACT_DATES_INVALID", "end_before_start"];
    assert.deepEqual(only({ startDate: "2026-01-05", endDate: "2025-12-31" }), [mistyped]);
    const ended = aStoredContract({ endDate: "2026-10-31" });
    const linked = (...contracts: WorkerContract[]) =>
      issues(planPerson(aWorker({ contracts }), linkedTo(anEmployee({ contracts: [ended] })), aPolicy()));
    const before = aContract({ endDate: "2026-10-31" });
    const renewal = aContract({ contractId: "c-2", startDate: "2026-11-01", endDate: "2026-10-31" });
    assert.deepEqual(linked(before, renewal), [mistyped]);
    assert.deepEqual(linked(aContract({ endDate: "2023-12-31" })), [mistyped]);
    const long = aContract({ contractId: "c-2", startDate: "2022-02-01", endDate: "2022-01-31" });
    assert.deepEqual(linked(before, long), [], "what ended after it says why");
  });
});
