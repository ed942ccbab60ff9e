import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PersonFacts, PersonPlan } from "../plan/plan-types.ts";
import { planPerson } from "../plan/plan.ts";
import type { StoredContract } from "../records/employee.ts";
import type { WorkerContract } from "../records/worker.ts";
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
import { defaultThresholds } from "./guard.ts";

const hourly = { wageType: "hourly", grossAmount: "20" } as const;
const storedHourly = { ...hourly, grossMonthly: "3293.33" } as const;

/** Plans a linked person who had one contract and has these now. */
function plan(
  sent: Partial<WorkerContract>[],
  stored: Partial<StoredContract>[] = [{}],
  different: Partial<PersonFacts> = {},
): PersonPlan {
  const employee = anEmployee({ contracts: stored.map((one) => aStoredContract(one)) });
  const contracts = sent.map((one) => aContract(one));
  return planPerson(aWorker({ contracts }), linkedTo(employee, different), aPolicy());
}

function codes({ holds }: PersonPlan): string[] {
  return holds.flatMap((hold) => hold.reasons.map((reason) => reason.code));
}

describe("a wage that looks wrong is held", () => {
  const cases: [
    name: string,
    sent: Partial<WorkerContract>[],
    expected: string[],
    stored?: Partial<StoredContract>[],
  ][] = [
    ["a raise", [{ grossAmount: "4000" }], []],
    ["just under half as much again", [{ grossAmount: "4799.99" }], []],
    ["half as much again", [{ grossAmount: "4800" }], ["WAGE_UP"]],
    ["twelve times", [{ grossAmount: "38400" }], ["WAGE_UP"]],
    ["two thirds and a cent", [{ grossAmount: "2133.34" }], []],
    ["two thirds", [{ grossAmount: "2133.33" }], ["WAGE_DOWN"]],
    ["a twelfth", [{ grossAmount: "266.67" }], ["WAGE_DOWN"]],
    ["nothing any more", [{ grossAmount: "0" }], ["WAGE_DOWN"]],
    ["from nothing", [{}], ["WAGE_UP"], [{ grossAmount: "0", grossMonthly: "0.00" }]],
    ["hourly of a sudden", [hourly], ["WAGE_TYPE_FLIPPED"]],
    ["monthly of a sudden", [{}], ["WAGE_TYPE_FLIPPED"], [storedHourly]],
    [
      "fewer hours at the same hourly wage",
      [{ ...hourly, weeklyHours: "19" }],
      ["WAGE_DOWN"],
      [storedHourly],
    ],
    ["a regime of 110 %", [{ workRegimePercentage: "110" }], []],
    ["a regime over 110 %", [{ workRegimePercentage: "110.01" }], ["WAGE_REGIME_OVER"]],
    ["an employer % of 60", [{ employerSocialSecurityPercentage: "60" }], []],
    ["an employer % over 60", [{ employerSocialSecurityPercentage: "60.01" }], ["WAGE_NSSO_OUTSIDE"]],
    ["an employer % under 0", [{ employerSocialSecurityPercentage: "-1" }], ["WAGE_NSSO_OUTSIDE"]],
    ["every contract gone", [], ["WAGE_CONTRACTS_GONE"]],
    [
      "a second contract of a usual wage",
      [{ endDate: "2026-11-30" }, { contractId: "c-2", startDate: "2026-12-01", grossAmount: "3600" }],
      [],
    ],
    [
      "a contract to come of a wage that is not usual",
      [{ endDate: "2026-11-30" }, { contractId: "c-2", startDate: "2026-12-01", grossAmount: "32000" }],
      ["WAGE_UP"],
    ],
    [
      "a few hours beside the job",
      [
        { workRegimePercentage: "80", weeklyHours: "30" },
        { contractId: "c-2", startDate: "2026-11-01", grossAmount: "500", workRegimePercentage: "10" },
      ],
      [],
      [{ workRegimePercentage: "80", weeklyHours: "30" }],
    ],
    [
      "history that was put right",
      [{ contractId: "c-0", startDate: "2020-01-01", endDate: "2023-12-31", grossAmount: "30000" }, {}],
      [],
      [{ contractId: "c-0", startDate: "2020-01-01", endDate: "2023-12-31" }, {}],
    ],
  ];
  for (const [name, sent, expected, stored] of cases)
    test(name, () => {
      const planned = plan(sent, stored);
      assert.deepEqual(codes(planned), expected);
      assert.equal(planned.bucket === "held", expected.length > 0);
      if (expected.length > 0) assert.deepEqual(planned.operations, []);
    });
});

describe("the thresholds of a connection", () => {
  const limits = { ...defaultThresholds, wageFactorMax: 3, regimePercentMax: 150, nssoPercentMax: 80 };
  const judged = (sent: Partial<WorkerContract>) => {
    const employee = anEmployee({ contracts: [aStoredContract()] });
    const policy = aPolicy({ thresholds: limits });
    return planPerson(aWorker({ contracts: [aContract(sent)] }), linkedTo(employee), policy);
  };

  test("decide which wage is held, and are named in the reasons", () => {
    assert.deepEqual(codes(judged({ grossAmount: "9599.99" })), []);
    assert.deepEqual(codes(judged({ workRegimePercentage: "150" })), []);
    const high = judged({ employerSocialSecurityPercentage: "80" });
    assert.deepEqual([codes(high), high.issues.map(({ code }) => code)], [[], ["RETROACTIVE_CHANGE"]]);
    const [up] = judged({ grossAmount: "9600" }).holds;
    const [down] = judged({ grossAmount: "1000" }).holds;
    assert.deepEqual(
      [up, down].map((hold) => hold?.reasons),
      [
        [{ code: "WAGE_UP", params: { startDate: "2024-01-01", factor: "3" } }],
        [{ code: "WAGE_DOWN", params: { startDate: "2024-01-01", factor: "3" } }],
      ],
    );
    const [over] = judged({ employerSocialSecurityPercentage: "81" }).issues;
    assert.equal(over?.code, "EMPLOYER_NSSO_IMPLAUSIBLE");
    assert.equal(over.params["allowed"], "80");
  });
});

describe("a held wage", () => {
  const twelvefold = [{ grossAmount: "38400" }];

  test("leaves the person's name to be written", () => {
    const contracts = [aContract(twelvefold[0])];
    const planned = planPerson(aWorker({ contracts, lastName: "Desmedt" }), linkedTo(), aPolicy());
    assert.deepEqual(
      [planned.bucket, planned.operations.map((one) => one.kind)],
      ["held", ["update_employee"]],
    );
  });

  test("lists what it keeps back, field by field", () => {
    const [hold] = plan(twelvefold).holds;
    assert.deepEqual(hold?.fields, [
      { contractId: "c-1", field: "grossAmount", before: "3200.00", after: "38400" },
      { contractId: "c-1", field: "grossMonthly", before: "3200.00", after: "38400.00" },
    ]);
  });

  test("is written once exactly it is accepted, and another wage is held again", () => {
    const fingerprint = plan(twelvefold).holds[0]?.fingerprint ?? "";
    const decisions = [{ kind: "wage", fingerprint, status: "accepted" }] as const;
    assert.equal(plan(twelvefold, [{}], { decisions }).bucket, "updated");
    assert.equal(plan([{ grossAmount: "38401" }], [{}], { decisions }).bucket, "held");
  });

  test("is not asked about again once it is rejected, and is not written", () => {
    const fingerprint = plan(twelvefold).holds[0]?.fingerprint ?? "";
    const decisions = [{ kind: "wage", fingerprint, status: "rejected" }] as const;
    const planned = plan(twelvefold, [{}], { decisions });
    assert.deepEqual([planned.bucket, planned.operations], ["unchanged", []]);
  });

  test("of a newcomer leaves them without a wage: the person is created", () => {
    const contracts = [aContract({ workRegimePercentage: "380" })];
    const created = planPerson(aWorker({ contracts }), someFacts(), aPolicy());
    assert.deepEqual(
      [created.bucket, created.operations.map((one) => one.kind)],
      ["held", ["create_employee"]],
    );
    const matched = planPerson(aWorker({ contracts }), matchedWith(anEmployee({ contracts: [] })), aPolicy());
    assert.deepEqual(codes(matched), ["WAGE_REGIME_OVER"]);
    assert.equal(matched.operations[0]?.kind, "link_employee");
  });
});

describe("a person with an identity alarm", () => {
  const alarm = { code: "EMAIL_SWAPPED", params: { otherEmployeeNumber: "18" } } as const;
  const swapped = aWorker({ email: "jan@bakkerij.be", lastName: "Desmedt" });

  test("is held as a whole, with an open hold", () => {
    const planned = planPerson(swapped, linkedTo(anEmployee(), { identityAlarm: alarm }), aPolicy());
    assert.deepEqual([planned.bucket, planned.operations, codes(planned)], ["held", [], ["EMAIL_SWAPPED"]]);
    assert.deepEqual(
      planned.holds[0]?.fields.map((one) => one.field),
      ["lastName", "email"],
    );
  });

  test("and without any change has no hold", () => {
    const planned = planPerson(aWorker(), linkedTo(anEmployee(), { identityAlarm: alarm }), aPolicy());
    assert.equal(planned.bucket, "unchanged");
  });

  test("stays held while only one of two swapped e-mails is accepted", () => {
    const fingerprint =
      planPerson(swapped, linkedTo(anEmployee(), { identityAlarm: alarm }), aPolicy()).holds[0]
        ?.fingerprint ?? "";
    const decided = (status: "accepted" | "rejected") =>
      planPerson(
        swapped,
        linkedTo(anEmployee(), {
          identityAlarm: alarm,
          decisions: [{ kind: "identity_swap", fingerprint, status }],
        }),
        aPolicy(),
      ).bucket;
    assert.equal(decided("accepted"), "held");
    assert.equal(decided("rejected"), "unchanged");
  });

  test("can be accepted alone when many change at once", () => {
    const many = { code: "MANY_IDENTITIES_CHANGED", params: {} } as const;
    const facts = { identityAlarm: many };
    const fingerprint =
      planPerson(swapped, linkedTo(anEmployee(), facts), aPolicy()).holds[0]?.fingerprint ?? "";
    const decisions = [{ kind: "identity_swap", fingerprint, status: "accepted" }] as const;
    assert.equal(
      planPerson(swapped, linkedTo(anEmployee(), { ...facts, decisions }), aPolicy()).bucket,
      "updated",
    );
  });
});

describe("a person about whom a run was undone", () => {
  const asked = { kind: "reverted", fingerprint: "f", status: "open" } as const;

  test("stays as they are until an admin accepts, linked or not", () => {
    const source = aWorker({ lastName: "Desmedt" });
    for (const facts of [linkedTo(anEmployee(), { decisions: [asked] }), someFacts({ decisions: [asked] })]) {
      const planned = planPerson(source, facts, aPolicy());
      assert.deepEqual([planned.bucket, planned.operations, codes(planned)], ["held", [], ["REVERTED"]]);
    }
    const accepted = [asked, { ...asked, status: "accepted" }] as const;
    const passes = planPerson(source, linkedTo(anEmployee(), { decisions: accepted }), aPolicy());
    assert.equal(passes.bucket, "updated");
  });
});

test("a pair that an admin unlinked is not matched by e-mail again", () => {
  const planned = planPerson(aWorker(), matchedWith(anEmployee(), { isUnlinkedPair: true }), aPolicy());
  assert.deepEqual(
    [planned.bucket, planned.operations, planned.issues.map((one) => one.params["reason"])],
    ["held", [], ["unlinked_pair"]],
  );
});
