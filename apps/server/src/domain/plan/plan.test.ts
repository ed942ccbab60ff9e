import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { matchKey } from "../records/match.ts";
import type { WorkerRecord } from "../records/worker.ts";
import {
  anEmployee,
  aPolicy,
  aStoredContract,
  aWorker,
  matchedWith,
  someFacts,
  someValues,
} from "../testing/sample-people.ts";
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

function kinds(plan: PersonPlan): string[] {
  return plan.operations.map((operation) => operation.kind);
}

describe("a newcomer", () => {
  test("is created with their contracts", () => {
    const plan = planPerson(aWorker(), someFacts(), policy);
    assert.deepEqual(plan, {
      workerId: "w-1",
      bucket: "created",
      employeeId: null,
      operations: [
        {
          kind: "create_employee",
          after: {
            firstName: "Inès",
            lastName: "De Smedt",
            email: "ines@bakkerij.be",
            language: "nl",
            startDate: "2024-01-01",
            employeeNumber: "17",
            currentContractId: "c-1",
          },
          reason: "new_worker",
        },
        { kind: "add_contract", contractId: "c-1", after: someValues(), reason: "new_worker" },
      ],
      issues: [],
      holds: [],
    });
  });

  test("is created without any contract", () => {
    const plan = planPerson(aWorker({ contracts: [] }), someFacts(), policy);
    assert.equal(plan.bucket, "created");
    assert.deepEqual(codes(plan), []);
  });

  test("joins an account that the customer has already (an HR admin who is on the payroll)", () => {
    assert.equal(planPerson(aWorker(), someFacts({ emailStatus: "own_account" }), policy).bucket, "created");
  });

  const failures: [
    name: string,
    source: Partial<WorkerRecord>,
    facts: Partial<PersonFacts>,
    codes: string[],
  ][] = [
    ["no e-mail", { email: null }, {}, ["EMAIL_MISSING"]],
    ["an e-mail that is none", { email: "ines@bakkerij" }, {}, ["EMAIL_INVALID"]],
    [
      "an unreadable e-mail",
      { email: null, defects: [{ field: "email", contractId: null }] },
      {},
      ["PAYLOAD_INVALID"],
    ],
    ["an e-mail that others have", {}, { sameEmailEmployeeNumbers: ["18"] }, ["EMAIL_DUPLICATE_IN_LIANTIS"]],
    [
      "an e-mail that somebody linked has, in the same listing",
      {},
      { sameEmailEmployeeNumbers: [""], sameEmailHolderIsLinked: true, targetLinkedElsewhere: true },
      ["EMAIL_DUPLICATE_IN_LIANTIS"],
    ],
    [
      "an e-mail of another entity",
      {},
      { emailStatus: "other_entity" },
      ["EMAIL_ALREADY_IN_USE_OTHER_ENTITY"],
    ],
    ["an e-mail of this entity", {}, { emailStatus: "same_entity" }, ["EMAIL_ALREADY_IN_USE_SAME_ENTITY"]],
    [
      "an e-mail of another customer",
      {},
      { emailStatus: "other_customer" },
      ["EMAIL_USED_BY_OTHER_CUSTOMER"],
    ],
    ["no first name", { firstName: null }, {}, ["NAME_MISSING"]],
    ["no name", { firstName: null, lastName: null }, {}, ["NAME_MISSING"]],
    ["no start date", { startDate: null }, {}, ["START_DATE_MISSING"]],
    [
      "an unreadable start date",
      { startDate: null, defects: [{ field: "startDate", contractId: null }] },
      {},
      ["START_DATE_INVALID"],
    ],
    ["a start date of the year 203", { startDate: "0203-05-01" }, {}, ["START_DATE_INVALID"]],
    [
      "nothing at all",
      {
        email: null,
        firstName: null,
        lastName: null,
        startDate: null,
        employeeNumber: null,
        language: null,
        contracts: [],
      },
      {},
      ["EMAIL_MISSING", "NAME_MISSING", "START_DATE_MISSING"],
    ],
  ];
  for (const [name, source, facts, expected] of failures) {
    test(`is not created: ${name}`, () => {
      const plan = planPerson(aWorker(source), someFacts(facts), policy);
      assert.deepEqual([plan.bucket, plan.employeeId, plan.operations], ["failed", null, []]);
      assert.deepEqual(codes(plan), expected);
      assert.ok(
        plan.issues.every((issue) => issue.contractId === null && issue.params["effect"] === "not_imported"),
      );
    });
  }

  test("without an employee number is created, with an issue", () => {
    const plan = planPerson(aWorker({ employeeNumber: null }), someFacts(), policy);
    assert.equal(plan.bucket, "created");
    assert.deepEqual(plan.issues, [
      { code: "PAYROLL_ID_MISSING", contractId: null, params: { reason: "none" } },
    ]);
  });

  test("with another person's number is created without it", () => {
    const plan = planPerson(aWorker(), someFacts({ employeeNumberTaken: true }), policy);
    const [create] = plan.operations;
    assert.ok(create?.kind === "create_employee" && create.after.employeeNumber === null);
    assert.deepEqual(plan.issues, [
      { code: "PAYROLL_ID_DUPLICATE", contractId: null, params: { employeeNumber: "17" } },
    ]);
  });

  test("with an unsupported language gets the default, with a notice", () => {
    const plan = planPerson(aWorker({ language: null, languageUnsupported: "D" }), someFacts(), policy);
    const [create] = plan.operations;
    assert.ok(create?.kind === "create_employee" && create.after.language === "fr");
    assert.deepEqual(plan.issues, [
      { code: "LANGUAGE_UNSUPPORTED", contractId: null, params: { languageCode: "D" } },
    ]);
  });

  test("without a language gets the default, without a notice", () => {
    const plan = planPerson(aWorker({ language: null }), someFacts(), policy);
    const [create] = plan.operations;
    assert.ok(create?.kind === "create_employee" && create.after.language === "fr");
    assert.deepEqual(codes(plan), []);
  });

  test("with an address outside the firm's domain is created, with a warning", () => {
    const plan = planPerson(aWorker(), someFacts(), aPolicy({ emailDomain: "firma.be" }));
    assert.equal(plan.bucket, "created");
    const params = { domain: "bakkerij.be", expectedDomain: "firma.be" };
    assert.deepEqual(plan.issues, [{ code: "EMAIL_DOMAIN_UNUSUAL", contractId: null, params }]);
  });
});

describe("a first match by e-mail", () => {
  test("links the employee, and writes what Liantis sends", () => {
    const employee = anEmployee({
      lastName: "Desmedt",
      employeeNumber: null,
      contracts: [],
      currentContractId: null,
      language: "fr",
    });
    const plan = planPerson(aWorker(), matchedWith(employee), policy);
    assert.equal(plan.bucket, "linked");
    assert.deepEqual(kinds(plan), ["link_employee", "update_employee", "add_contract"]);
    assert.deepEqual(changesOf(plan), {
      lastName: ["Desmedt", "De Smedt"],
      employeeNumber: [null, "17"],
      currentContractId: [null, "c-1"],
    });
  });

  test("never touches the language that the employee has", () => {
    const plan = planPerson(aWorker({ language: "nl" }), matchedWith(anEmployee({ language: "en" })), policy);
    assert.deepEqual(changesOf(plan), {});
  });

  test("without a difference only links", () => {
    const plan = planPerson(aWorker(), matchedWith(), policy);
    assert.deepEqual([plan.bucket, kinds(plan), plan.employeeId], ["linked", ["link_employee"], "e-1"]);
  });

  test("with two different names is held until an admin accepts it", () => {
    const source = aWorker({ firstName: "An", lastName: "Peeters" });
    const held = planPerson(source, matchedWith(), policy);
    assert.deepEqual([held.bucket, held.operations, held.employeeId], ["held", [], "e-1"]);
    assert.deepEqual(held.issues, [
      {
        code: "AMBIGUOUS_MATCH",
        contractId: null,
        params: { employeeNumber: "17", liantisName: "An Peeters", payflipName: "Inès De Smedt" },
      },
    ]);
    const accepted = planPerson(
      source,
      matchedWith(),
      aPolicy({ acceptedMatches: new Set([matchKey("w-1", "e-1")]) }),
    );
    assert.equal(accepted.bucket, "linked");
    assert.deepEqual(changesOf(accepted), { firstName: ["Inès", "An"], lastName: ["De Smedt", "Peeters"] });
  });

  test("with a deactivated employee is held, even where a match was accepted", () => {
    const accepting = aPolicy({ acceptedMatches: new Set([matchKey("w-1", "e-1")]) });
    const plan = planPerson(aWorker(), matchedWith(anEmployee({ deactivated: true })), accepting);
    assert.deepEqual(
      [plan.bucket, plan.operations, codes(plan)],
      ["held", [], ["REHIRE_OF_DEACTIVATED_USER"]],
    );
  });

  test("with an employee who is linked to another worker fails", () => {
    const plan = planPerson(aWorker(), matchedWith(anEmployee(), { targetLinkedElsewhere: true }), policy);
    assert.deepEqual(
      [plan.bucket, plan.employeeId, codes(plan)],
      ["failed", null, ["EMAIL_ALREADY_IN_USE_SAME_ENTITY"]],
    );
  });

  test("on an address that several people share fails", () => {
    const plan = planPerson(
      aWorker(),
      matchedWith(anEmployee(), { sameEmailEmployeeNumbers: ["4", "3"] }),
      policy,
    );
    assert.deepEqual([plan.bucket, codes(plan)], ["failed", ["EMAIL_DUPLICATE_IN_LIANTIS"]]);
    assert.equal(plan.issues[0]?.params["otherEmployeeNumbers"], "3, 4");
  });

  test("without a name or a start date links, keeps the stored values and raises issues", () => {
    const plan = planPerson(aWorker({ lastName: null, startDate: null }), matchedWith(), policy);
    assert.equal(plan.bucket, "linked");
    assert.deepEqual(codes(plan), ["NAME_MISSING", "START_DATE_MISSING"]);
    assert.deepEqual(changesOf(plan), {});
  });

  test("replaces a contract that was entered by hand by one of Liantis", () => {
    const employee = anEmployee({
      contracts: [aStoredContract({ contractId: "by-hand" })],
      currentContractId: "by-hand",
    });
    const plan = planPerson(aWorker(), matchedWith(employee), policy);
    assert.deepEqual(kinds(plan), ["link_employee", "update_employee", "withdraw_contract", "add_contract"]);
    assert.deepEqual(changesOf(plan), { currentContractId: ["by-hand", "c-1"] });
  });
});
