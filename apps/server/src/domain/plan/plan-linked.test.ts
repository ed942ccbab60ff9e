import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { WorkerRecord } from "../records/worker.ts";
import { aContract, anEmployee, aPolicy, aWorker, linkedTo } from "../testing/sample-people.ts";
import type { PersonFacts, PersonPlan } from "./plan-types.ts";
import { planPerson } from "./plan.ts";

const policy = aPolicy();

function codes(plan: PersonPlan): string[] {
  return plan.issues.map((issue) => issue.code);
}

function changesOf(plan: PersonPlan): Record<string, [string | null, string | null]> {
  const changes = plan.operations.flatMap((one) => (one.kind === "update_employee" ? one.changes : []));
  return Object.fromEntries(changes.map((change) => [change.field, [change.before, change.after]]));
}

describe("a linked person", () => {
  test("without a change has nothing to write", () => {
    assert.deepEqual(planPerson(aWorker(), linkedTo(), policy), {
      workerId: "w-1",
      bucket: "unchanged",
      employeeId: "e-1",
      operations: [],
      issues: [],
      holds: [],
    });
  });

  test("keeps language, whatever Liantis says", () => {
    const plan = planPerson(aWorker({ language: "en" }), linkedTo(), policy);
    assert.equal(plan.bucket, "unchanged");
  });

  test("has one update of all changed fields, with before and after", () => {
    const source = aWorker({
      firstName: "Ines",
      email: "ines.desmedt@bakkerij.be",
      startDate: "2023-12-01",
      employeeNumber: "0017",
    });
    const plan = planPerson(source, linkedTo(), policy);
    assert.deepEqual(plan.operations, [
      {
        kind: "update_employee",
        employeeId: "e-1",
        rowVersion: 4,
        changes: [
          { field: "firstName", before: "Inès", after: "Ines" },
          { field: "email", before: "ines@bakkerij.be", after: "ines.desmedt@bakkerij.be" },
          { field: "startDate", before: "2024-01-01", after: "2023-12-01" },
          { field: "employeeNumber", before: "17", after: "0017" },
        ],
        reason: "changed_in_liantis",
      },
    ]);
  });

  test("whose names both change is updated: the link decides, not the name", () => {
    const plan = planPerson(aWorker({ firstName: "An", lastName: "Peeters" }), linkedTo(), policy);
    assert.deepEqual([plan.bucket, codes(plan)], ["updated", []]);
  });

  test("whose e-mail differs only in capitals keeps it", () => {
    const plan = planPerson(aWorker(), linkedTo(anEmployee({ email: "Ines@Bakkerij.be" })), policy);
    assert.equal(plan.bucket, "unchanged");
  });

  const kept: [name: string, source: Partial<WorkerRecord>, facts: Partial<PersonFacts>, codes: string[]][] =
    [
      ["no e-mail", { email: null }, {}, ["EMAIL_MISSING"]],
      ["a bad e-mail", { email: "ines@@bakkerij.be" }, {}, ["EMAIL_INVALID"]],
      [
        "a new e-mail that others have",
        { email: "info@bakkerij.be" },
        { sameEmailEmployeeNumbers: ["9"] },
        ["EMAIL_DUPLICATE_IN_LIANTIS"],
      ],
      [
        "a new e-mail of a colleague",
        { email: "an@bakkerij.be" },
        { emailStatus: "same_entity" },
        ["EMAIL_ALREADY_IN_USE_SAME_ENTITY"],
      ],
      [
        "a new e-mail of a linked colleague",
        { email: "an@bakkerij.be" },
        { targetLinkedElsewhere: true },
        ["EMAIL_ALREADY_IN_USE_SAME_ENTITY"],
      ],
      [
        "a new e-mail of another entity",
        { email: "an@bakkerij.be" },
        { emailStatus: "other_entity" },
        ["EMAIL_ALREADY_IN_USE_OTHER_ENTITY"],
      ],
      [
        "a new e-mail of another customer",
        { email: "an@bakkerij.be" },
        { emailStatus: "other_customer" },
        ["EMAIL_USED_BY_OTHER_CUSTOMER"],
      ],
      ["no first name", { firstName: null }, {}, ["NAME_MISSING"]],
      ["no start date", { startDate: null }, {}, ["START_DATE_MISSING"]],
      ["a bad start date", { startDate: "2203-01-01" }, {}, ["START_DATE_INVALID"]],
    ];
  for (const [name, source, facts] of kept.filter(([, one]) => typeof one.email === "string")) {
    test(`with two other names and ${name} may be another person, and is held`, () => {
      const names = { firstName: "Bart", lastName: "Claes", startDate: "2025-02-01" };
      const plan = planPerson(aWorker({ ...source, ...names }), linkedTo(anEmployee(), facts), policy);
      assert.deepEqual([plan.bucket, plan.operations], ["held", []]);
      assert.deepEqual(
        plan.holds.map((hold) => hold.reasons.map((reason) => reason.code)),
        [["PERSON_REPLACED"]],
      );
    });
  }
  for (const [name, source, facts, expected] of kept) {
    test(`with ${name} keeps the stored value, and the rest is written`, () => {
      const plan = planPerson(
        aWorker({ lastName: "Desmedt", ...source }),
        linkedTo(anEmployee(), facts),
        policy,
      );
      assert.equal(plan.bucket, "updated");
      assert.deepEqual(changesOf(plan), { lastName: ["De Smedt", "Desmedt"] });
      assert.deepEqual(codes(plan), expected);
      assert.equal(plan.issues[0]?.params["effect"], "kept");
    });
  }

  test("who has a shared e-mail already keeps it, without an issue", () => {
    const plan = planPerson(
      aWorker(),
      linkedTo(anEmployee(), { sameEmailEmployeeNumbers: ["9"], sameEmailHolderIsLinked: true }),
      policy,
    );
    assert.deepEqual([plan.bucket, codes(plan)], ["unchanged", []]);
  });

  test("keeps their number when Liantis sends a blank or gives it to another person", () => {
    const blank = planPerson(aWorker({ employeeNumber: null }), linkedTo(), policy);
    assert.deepEqual(
      [blank.bucket, blank.issues],
      [
        "unchanged",
        [{ code: "PAYROLL_ID_MISSING", contractId: null, params: { reason: "kept", employeeNumber: "17" } }],
      ],
    );
    const taken = planPerson(
      aWorker({ employeeNumber: "18" }),
      linkedTo(anEmployee(), { employeeNumberTaken: true }),
      policy,
    );
    assert.deepEqual([taken.bucket, codes(taken)], ["unchanged", ["PAYROLL_ID_DUPLICATE"]]);
  });

  test("has one issue for everything unreadable about them", () => {
    const defects = ["lastName", "employeeNumber", "lastName"].map((field) => ({ field, contractId: null }));
    const plan = planPerson(aWorker({ lastName: null, employeeNumber: null, defects }), linkedTo(), policy);
    const params = { field: "employeeNumber, lastName", employeeNumber: "17", effect: "kept" };
    assert.deepEqual(plan.issues, [{ code: "PAYLOAD_INVALID", contractId: null, params }]);
  });

  test("with an unsupported language has the notice until the user chooses another language", () => {
    const source = aWorker({ language: null, languageUnsupported: "D" });
    assert.deepEqual(codes(planPerson(source, linkedTo(anEmployee({ language: "fr" })), policy)), [
      "LANGUAGE_UNSUPPORTED",
    ]);
    assert.deepEqual(codes(planPerson(source, linkedTo(anEmployee({ language: "en" })), policy)), []);
  });

  test("who is deactivated here but still employed there is never reactivated, and has an issue", () => {
    const employee = anEmployee({ deactivated: true });
    const plan = planPerson(aWorker({ lastName: "Desmedt" }), linkedTo(employee), policy);
    assert.deepEqual([plan.bucket, codes(plan)], ["updated", ["REHIRE_OF_DEACTIVATED_USER"]]);
    assert.deepEqual(changesOf(plan), { lastName: ["De Smedt", "Desmedt"] });
    const left = planPerson(aWorker({ employmentEndDate: "2026-11-21" }), linkedTo(employee), policy);
    assert.deepEqual(codes(left), []);
    const lastDay = planPerson(aWorker({ employmentEndDate: "2026-11-22" }), linkedTo(employee), policy);
    assert.deepEqual(codes(lastDay), ["REHIRE_OF_DEACTIVATED_USER"]);
    const unread = aWorker({ employmentEndDate: undefined });
    const known = linkedTo(employee, { knownEmploymentEnd: "2026-11-21" });
    assert.deepEqual(codes(planPerson(unread, known, policy)), []);
    assert.deepEqual(codes(planPerson(aWorker(), known, policy)), ["REHIRE_OF_DEACTIVATED_USER"]);
    const ended = planPerson(
      aWorker({ contracts: [aContract({ endDate: "2026-01-31" })] }),
      linkedTo(employee),
      policy,
    );
    assert.deepEqual(codes(ended), ["RETROACTIVE_CHANGE"]);
  });

  test("keeps the stored start date when the sent one is after the last contract", () => {
    const contracts = [aContract({ endDate: "2026-12-31" })];
    const plan = planPerson(aWorker({ startDate: "2098-01-01", contracts }), linkedTo(), policy);
    assert.deepEqual(codes(plan), ["START_DATE_INVALID"]);
    assert.deepEqual(plan.issues[0]?.params["reason"], "after_contracts");
    assert.equal(changesOf(plan)["startDate"], undefined);
    const open = planPerson(aWorker({ startDate: "2027-01-01" }), linkedTo(), policy);
    assert.equal(changesOf(open)["startDate"]?.[1], "2027-01-01");
  });

  test("has no write and no issue for an employment end date", () => {
    const plan = planPerson(aWorker({ employmentEndDate: "2026-06-30" }), linkedTo(), policy);
    assert.deepEqual([plan.bucket, codes(plan)], ["unchanged", []]);
  });
});
