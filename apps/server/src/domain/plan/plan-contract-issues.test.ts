import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ContractValues } from "../records/employee.ts";
import type { WorkerContract } from "../records/worker.ts";
import {
  acceptingEveryWage,
  aContract,
  add,
  anEmployee,
  aWorker,
  contractChanges,
  issues,
  kinds,
  linkedTo,
  sync,
} from "../testing/sample-people.ts";
import type { PersonPlan } from "./plan-types.ts";
import { planPerson } from "./plan.ts";

function added(plan: PersonPlan): ContractValues | null {
  const operation = plan.operations.find((one) => one.kind === "add_contract");
  return operation?.kind === "add_contract" ? operation.after : null;
}

const hourly = { wageType: "hourly", grossAmount: "20" } as const;

test("percentages and hours with many decimals are written as sent, without superfluous zeros", () => {
  const plan = sync({ workRegimePercentage: "57.8947368421", weeklyHours: "22.00000" });
  assert.deepEqual(contractChanges(plan)["workRegimePercentage"]?.[1], "57.8947368421");
  assert.deepEqual(contractChanges(plan)["weeklyHours"]?.[1], "22.00000");
  assert.deepEqual(
    issues(plan).filter(([code]) => code === "PAYLOAD_INVALID"),
    [],
  );
});

describe("issues of a contract", () => {
  const judged: [
    name: string,
    sent: Partial<WorkerContract>,
    expected: [string, string | undefined][],
    written: Partial<ContractValues>,
  ][] = [
    [
      "no amount",
      { grossAmount: null },
      [["WAGE_MISSING", undefined]],
      { wageType: "monthly", grossAmount: null, grossMonthly: null },
    ],
    [
      "a negative amount",
      { grossAmount: "-1" },
      [["WAGE_IMPLAUSIBLE", "negative"]],
      { grossAmount: null, grossMonthly: null },
    ],
    [
      "a monthly wage under 200",
      { grossAmount: "199.99" },
      [["WAGE_IMPLAUSIBLE", "monthly_low"]],
      { grossAmount: "199.99", grossMonthly: "199.99" },
    ],
    ["a monthly wage of 200", { grossAmount: "200" }, [], { grossMonthly: "200.00" }],
    ["a monthly wage of 100 000", { grossAmount: "100000" }, [], { grossMonthly: "100000.00" }],
    [
      "a monthly wage over it",
      { grossAmount: "100000.01" },
      [["WAGE_IMPLAUSIBLE", "monthly_high"]],
      { grossMonthly: "100000.01" },
    ],
    ["a wage of zero", { grossAmount: "0.00" }, [], { grossMonthly: "0.00" }],
    ["200 an hour", { ...hourly, grossAmount: "200" }, [], { grossMonthly: "32933.33" }],
    [
      "more than 200 an hour",
      { ...hourly, grossAmount: "200.01" },
      [["WAGE_IMPLAUSIBLE", "hourly_high"]],
      { grossMonthly: "32934.98" },
    ],
    [
      "an unknown wage type",
      { wageType: null, wageTypeUnknown: "DAILY" },
      [["WAGE_TYPE_UNKNOWN", undefined]],
      { wageType: null, grossAmount: "3200.00", grossMonthly: null },
    ],
    [
      "no wage type",
      { wageType: null },
      [["WAGE_TYPE_UNKNOWN", undefined]],
      { wageType: null, grossMonthly: null },
    ],
    [
      "no wage at all",
      { wageType: null, grossAmount: null },
      [
        ["WAGE_MISSING", undefined],
        ["WAGE_TYPE_UNKNOWN", undefined],
      ],
      {},
    ],
    [
      "hourly without hours",
      { ...hourly, weeklyHours: null },
      [["CANNOT_CONVERT_TO_MONTHLY", "hours_missing"]],
      { grossAmount: "20", grossMonthly: null },
    ],
    [
      "hourly of zero hours",
      { ...hourly, weeklyHours: "0" },
      [["CANNOT_CONVERT_TO_MONTHLY", "hours_missing"]],
      { weeklyHours: null, grossMonthly: null },
    ],
    [
      "hourly of unknown statute",
      { ...hourly, statute: null },
      [["CANNOT_CONVERT_TO_MONTHLY", "statute_unknown"]],
      { statute: null, grossMonthly: null },
    ],
    [
      "blue-collar hourly without hours",
      { ...hourly, statute: "blue_collar", weeklyHours: null },
      [],
      { grossAmount: "20", grossMonthly: null },
    ],
    [
      "monthly of unknown statute without hours",
      { statute: null, weeklyHours: null },
      [],
      { grossMonthly: "3200.00" },
    ],
    [
      "no regime",
      { workRegimePercentage: null },
      [["REGIME_MISSING", "missing"]],
      { workRegimePercentage: null },
    ],
    [
      "a regime of zero",
      { workRegimePercentage: "0.00" },
      [["REGIME_MISSING", "zero"]],
      { workRegimePercentage: null },
    ],
    [
      "a regime over 100",
      { workRegimePercentage: "100.01" },
      [["REGIME_OVER_100", undefined]],
      { workRegimePercentage: "100.01" },
    ],
    [
      "no employer %",
      { employerSocialSecurityPercentage: null },
      [["EMPLOYER_NSSO_MISSING", undefined]],
      { employerSocialSecurityPercentage: null },
    ],
    [
      "an employer % of zero",
      { employerSocialSecurityPercentage: "0" },
      [["EMPLOYER_NSSO_IMPLAUSIBLE", "zero"]],
      { employerSocialSecurityPercentage: "0" },
    ],
    [
      "an employer % that may be a fraction",
      { employerSocialSecurityPercentage: "0.2717" },
      [["EMPLOYER_NSSO_IMPLAUSIBLE", "unit_unclear"]],
      { employerSocialSecurityPercentage: null },
    ],
    [
      "an employer % of 1",
      { employerSocialSecurityPercentage: "1" },
      [["EMPLOYER_NSSO_IMPLAUSIBLE", "unit_unclear"]],
      { employerSocialSecurityPercentage: null },
    ],
    [
      "an employer % just over 1",
      { employerSocialSecurityPercentage: "1.01" },
      [],
      { employerSocialSecurityPercentage: "1.01" },
    ],
    [
      "an employer % of 60",
      { employerSocialSecurityPercentage: "60.00" },
      [],
      { employerSocialSecurityPercentage: "60.00" },
    ],
    [
      "an employer % over 60",
      { employerSocialSecurityPercentage: "60.01" },
      [["EMPLOYER_NSSO_IMPLAUSIBLE", "too_high"]],
      { employerSocialSecurityPercentage: "60.01" },
    ],
    [
      "a negative employer %",
      { employerSocialSecurityPercentage: "-27.17" },
      [["EMPLOYER_NSSO_IMPLAUSIBLE", "negative"]],
      { employerSocialSecurityPercentage: "-27.17" },
    ],
    [
      "numbers that cannot be",
      { weeklyHours: "-38", workRegimePercentage: "-1", referenceWeeklyHours: "169" },
      [["PAYLOAD_INVALID", "referenceWeeklyHours, weeklyHours, workRegimePercentage"]],
      { weeklyHours: null, referenceWeeklyHours: null, workRegimePercentage: null },
    ],
    [
      "an amount of too many decimals",
      { grossAmount: "3200.00001" },
      [["PAYLOAD_INVALID", "grossAmount"]],
      { grossAmount: null },
    ],
    [
      "an amount with a comma",
      { grossAmount: "3200,00" },
      [["PAYLOAD_INVALID", "grossAmount"]],
      { grossAmount: null },
    ],
    [
      "an end that is no date",
      { endDate: "2026-02-30" },
      [["PAYLOAD_INVALID", "endDate"]],
      { endDate: null },
    ],
  ];
  for (const [name, sent, expected, written] of judged) {
    test(`new, with ${name}`, () => {
      const plan = add(sent);
      assert.deepEqual([plan.bucket, issues(plan)], ["created", expected]);
      const after = added(plan);
      for (const [field, value] of Object.entries(written)) {
        assert.deepEqual([field, after?.[field as keyof ContractValues]], [field, value]);
      }
      assert.ok(plan.issues.every((issue) => issue.contractId === "c-1"));
    });

    test(`linked, with ${name}: the same issues, and no value is wiped`, () => {
      const plan = sync(sent);
      assert.deepEqual(issues(plan), expected);
      const wiped = Object.entries(contractChanges(plan)).filter(([, [, after]]) => after === null);
      // A blue-collar hourly wage has no monthly one.
      assert.deepEqual(
        wiped.map(([field]) => field),
        sent.statute === "blue_collar" ? ["grossMonthly"] : [],
      );
    });

    test(`long ended, with ${name}: no issue is raised`, () => {
      const plan = add({ endDate: "2025-12-31", ...sent });
      assert.deepEqual(issues(plan).length > 0, "endDate" in sent);
    });
  }

  test("an unreadable value is named once, not also as missing", () => {
    const fields = ["grossAmount", "workRegimePercentage", "employerSocialSecurityPercentage"];
    const sent = { grossAmount: null, workRegimePercentage: null, employerSocialSecurityPercentage: null };
    const plan = add(
      sent,
      fields.map((field) => ({ field, contractId: "c-1" })),
    );
    assert.deepEqual(issues(plan), [
      ["PAYLOAD_INVALID", "employerSocialSecurityPercentage, grossAmount, workRegimePercentage"],
    ]);
  });

  test("a wage issue never blocks the person's other fields", () => {
    const source = aWorker({
      lastName: "Desmedt",
      contracts: [aContract({ grossAmount: null, wageType: null, startDate: null })],
    });
    const plan = planPerson(
      source,
      linkedTo(anEmployee(), acceptingEveryWage.facts),
      acceptingEveryWage.policy,
    );
    assert.deepEqual([plan.bucket, kinds(plan)], ["updated", ["update_employee"]]);
  });
});
