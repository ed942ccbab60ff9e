import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { describe, test } from "node:test";
import { planPerson } from "../domain/plan/plan.ts";
import { recordOfText, recordText } from "../domain/records/record-text.ts";
import { contractFields, personFields, watchedFields } from "../domain/records/synced-fields.ts";
import type { WorkerContract, WorkerRecord } from "../domain/records/worker.ts";
import {
  aContract,
  anEmployee,
  aPolicy,
  aStoredContract,
  aWorker,
  linkedTo,
  matchedWith,
  someFacts,
} from "../domain/testing/sample-people.ts";
import { rulesVersion, stagedWorker } from "./staged-record.ts";

const today = "2026-11-22";

describe("a staged worker", () => {
  test("has the bits of the fields that are filled", () => {
    const all = watchedFields.reduce((bits, { bit }) => bits | (1 << bit), 0);
    assert.equal(stagedWorker(aWorker(), today).filled, all);
    for (const { name, label, watchedBit } of Object.values(personFields)) {
      const filled = watchedBit === null ? all : all & ~(1 << watchedBit);
      assert.equal(stagedWorker(aWorker({ [name]: null }), today).filled, filled, label);
    }
    for (const { name, label, watchedBit } of Object.values(contractFields)) {
      const filled = watchedBit === null ? all : all & ~(1 << watchedBit);
      const contracts = [aContract(), aContract({ contractId: "c-2", [name]: null })];
      assert.equal(stagedWorker(aWorker({ contracts }), today).filled, filled, label);
    }
  });

  test("has a code that is none of ours for filled", () => {
    const all = stagedWorker(aWorker(), today).filled;
    assert.equal(stagedWorker(aWorker({ language: null, languageUnsupported: "D" }), today).filled, all);
    const contracts = [aContract({ wageType: null, wageTypeUnknown: "DAILY" })];
    assert.equal(stagedWorker(aWorker({ contracts }), today).filled, all);
  });

  test("without a contract has no bit of a contract's field", () => {
    const bits = Object.values(personFields).reduce(
      (mask, { watchedBit }) => (watchedBit === null ? mask : mask | (1 << watchedBit)),
      0,
    );
    assert.equal(stagedWorker(aWorker({ contracts: [] }), today).filled, bits);
  });

  test("has another content hash when one field has another value", () => {
    const hashOf = (record: WorkerRecord) => stagedWorker(record, today).contentHash.toString("hex");
    const whole = aWorker();
    assert.equal(hashOf(recordOfText(recordText(whole))), hashOf(whole), "the same record has the same hash");
    const others = [
      ...Object.keys(personFields).map((name) => aWorker({ [name]: "another" })),
      ...sentFields.map((name) => aWorker({ contracts: [aContract({ [name]: "another" })] })),
      aWorker({ employmentEndDate: undefined }),
      aWorker({ contracts: [aContract({ endDate: undefined })] }),
      aWorker({ contracts: [] }),
      aWorker({ defects: [{ field: "email", contractId: null }] }),
    ];
    const hashes = new Set([whole, ...others].map(hashOf));
    assert.equal(hashes.size, others.length + 1);
  });
});

const sentFields = Object.values(contractFields)
  .filter(({ origin }) => origin === "sent")
  .map(({ name }) => name);

/** What the rules make of some people. Of an issue its code counts; its words may change. */
function plannedByTheRules(): string {
  const contracts: Partial<WorkerContract>[] = [
    {},
    { wageType: "hourly", grossAmount: "20", weeklyHours: "30.4" },
    { wageType: "hourly", grossAmount: "20", statute: null },
    { wageType: "hourly", grossAmount: "20", statute: "blue_collar" },
    { wageType: null, wageTypeUnknown: "DAILY" },
    { grossAmount: "3300", startDate: "2026-02-01", endDate: "2026-12-31" },
    { grossAmount: "32000" },
    { grossAmount: null },
    { startDate: null },
    { endDate: undefined },
    { endDate: "2023-01-01" },
    { workRegimePercentage: "105" },
    { employerSocialSecurityPercentage: "0.27" },
    { weeklyHours: "0", referenceWeeklyHours: "169", jointCommittee: null },
  ];
  const people: Partial<WorkerRecord>[] = [
    {},
    { firstName: "Ines", lastName: null },
    { email: "Ines.DeSmedt@bakkerij.be", employeeNumber: "18" },
    { email: "not an address" },
    { language: null, languageUnsupported: "D" },
    { startDate: "1850-01-01", employmentEndDate: "2026-10-31" },
    { firstName: "Zita", lastName: "Verhaegen", email: "zita@bakkerij.be" },
    { defects: [{ field: "employeeNumber", contractId: null }] },
    { contracts: [] },
    {
      contracts: [
        aContract(),
        aContract({ contractId: "c-2", startDate: "2026-11-01", workRegimePercentage: "50" }),
      ],
    },
    ...contracts.map((contract) => ({ contracts: [aContract(contract)] })),
  ];
  const stored = [{}, { wageType: null }, { endDate: "2026-06-30", statute: null }] as const;
  const facts = [
    someFacts(),
    matchedWith(),
    ...stored.map((contract) => linkedTo(anEmployee({ contracts: [aStoredContract(contract)] }))),
  ];
  const plans = people.flatMap((person) => facts.map((one) => planPerson(aWorker(person), one, aPolicy())));
  const summaries = plans.map((plan) => ({
    ...plan,
    issues: plan.issues.map(({ code, contractId }) => [code, contractId]),
  }));
  return hash("sha1", JSON.stringify(summaries));
}

test("the version of the rules goes up when they plan the same record differently", () => {
  const known = { rulesVersion: 3, planned: "bd7d211041ec1d3afcc8defd0d736b4ba9b264ab" };
  assert.deepEqual(
    { rulesVersion, planned: plannedByTheRules() },
    known,
    "the same people are planned differently: raise rulesVersion, and write both values here",
  );
});
