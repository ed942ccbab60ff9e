import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isIssueCode } from "../domain/catalogue/issue-catalogue.ts";
import type { HoldDecision } from "../domain/guards/hold-types.ts";
import type { PersonPlan } from "../domain/plan/plan-types.ts";
import { planPerson } from "../domain/plan/plan.ts";
import type { StoredContract } from "../domain/records/employee.ts";
import type { WorkerContract } from "../domain/records/worker.ts";
import {
  aContract,
  anEmployee,
  aPolicy,
  aStoredContract,
  aWorker,
  linkedTo,
  someFacts,
} from "../domain/testing/sample-people.ts";
import { renderIssue } from "./issues.ts";
import { languages } from "./messages.ts";

type Sent = Partial<WorkerContract>;

function plan(sent: Sent, decisions: HoldDecision[] = [], stored: Partial<StoredContract> = {}): PersonPlan {
  const employee = anEmployee({ contracts: [aStoredContract(stored)] });
  return planPerson(aWorker({ contracts: [aContract(sent)] }), linkedTo(employee, { decisions }), aPolicy());
}

function decided({ holds }: PersonPlan, status: HoldDecision["status"]): HoldDecision[] {
  return holds.map(({ kind, fingerprint }) => ({ kind, fingerprint, status }));
}

/** The cause of the one issue with that code in English, and what became of the value. */
function shownIssue(planned: PersonPlan, code: string): { effect: string | undefined; cause: string } {
  const issue = planned.issues.find((one) => one.code === code);
  assert.ok(issue !== undefined && isIssueCode(code), `${code} is not raised`);
  for (const language of languages) assert.notEqual(renderIssue(code, issue.params, language).cause, "");
  return { effect: issue.params["effect"], cause: renderIssue(code, issue.params, "en").cause };
}

const heldBack = /are on hold until an admin accepts them; until then Payflip keeps the previous values\.$/;
const takenOver = /Payflip uses this value as Liantis sends it\.$/;

describe("an issue about an unusual value says what Payflip does with the value", () => {
  const cases: [code: string, sent: Sent, stored: Partial<StoredContract>][] = [
    ["REGIME_OVER_100", { workRegimePercentage: "150" }, { workRegimePercentage: "150" }],
    ["WAGE_IMPLAUSIBLE", { grossAmount: "320000" }, { grossAmount: "320000", grossMonthly: "320000.00" }],
    [
      "EMPLOYER_NSSO_IMPLAUSIBLE",
      { employerSocialSecurityPercentage: "65" },
      { employerSocialSecurityPercentage: "65" },
    ],
  ];
  for (const [code, sent, stored] of cases)
    test(code, () => {
      const open = plan(sent);
      assert.equal(open.bucket, "held");
      assert.equal(shownIssue(open, code).effect, "held");
      assert.match(shownIssue(open, code).cause, heldBack);

      const rejected = plan(sent, decided(open, "rejected"));
      assert.deepEqual([rejected.bucket, rejected.operations], ["unchanged", []]);
      assert.match(shownIssue(rejected, code).cause, heldBack);

      const accepted = plan(sent, decided(open, "accepted"));
      assert.equal(accepted.bucket, "updated");
      assert.match(shownIssue(accepted, code).cause, takenOver);

      const nextNight = plan(sent, [], stored);
      assert.equal(nextNight.bucket, "unchanged");
      assert.match(shownIssue(nextNight, code).cause, takenOver);
    });

  test("a value that needs no decision is used", () => {
    assert.match(shownIssue(plan({ workRegimePercentage: "105" }), "REGIME_OVER_100").cause, takenOver);
    const zero = plan({ employerSocialSecurityPercentage: "0" });
    assert.match(shownIssue(zero, "EMPLOYER_NSSO_IMPLAUSIBLE").cause, takenOver);
  });

  test("a value that cannot be right is not used", () => {
    const unclear = plan({ employerSocialSecurityPercentage: "0.27" });
    assert.equal(shownIssue(unclear, "EMPLOYER_NSSO_IMPLAUSIBLE").effect, "kept");
    assert.equal(shownIssue(plan({ grossAmount: "-1" }), "WAGE_IMPLAUSIBLE").effect, "kept");
    const sent: Sent = { wageType: "hourly", grossAmount: "250", weeklyHours: null };
    const lost = plan(sent, [], { weeklyHours: null });
    assert.equal(shownIssue(lost, "WAGE_IMPLAUSIBLE").effect, "kept");
  });

  test("a new person's contract is on hold with all of its values", () => {
    const sent: Sent = { workRegimePercentage: "380", employerSocialSecurityPercentage: null };
    const planned = planPerson(aWorker({ contracts: [aContract(sent)] }), someFacts(), aPolicy());
    assert.equal(planned.bucket, "held");
    assert.equal(shownIssue(planned, "REGIME_OVER_100").effect, "held");
    assert.equal(shownIssue(planned, "EMPLOYER_NSSO_MISSING").effect, "held");
  });

  test("a contract with nothing to write keeps its value", () => {
    const employee = anEmployee({
      contracts: [
        aStoredContract({ workRegimePercentage: "105" }),
        aStoredContract({ contractId: "c-2", startDate: "2027-01-01" }),
      ],
    });
    const contracts = [
      aContract({ workRegimePercentage: "105" }),
      aContract({ contractId: "c-2", startDate: "2027-01-01", grossAmount: "38400" }),
    ];
    const planned = planPerson(aWorker({ contracts }), linkedTo(employee), aPolicy());
    assert.equal(planned.bucket, "held");
    assert.equal(shownIssue(planned, "REGIME_OVER_100").effect, "taken_over");
  });

  test("a value is on hold while the identity of the person is in doubt", () => {
    const alarm = { code: "MANY_IDENTITIES_CHANGED", params: {} } as const;
    const source = aWorker({ lastName: "Desmedt", contracts: [aContract({ workRegimePercentage: "105" })] });
    const planned = planPerson(source, linkedTo(anEmployee(), { identityAlarm: alarm }), aPolicy());
    assert.deepEqual([planned.bucket, planned.operations], ["held", []]);
    assert.equal(shownIssue(planned, "REGIME_OVER_100").effect, "held");
  });
});

describe("a percentage far outside of its limits", () => {
  const cases: [name: string, sent: Sent, hold: string, issue: string][] = [
    ["a regime of 1001 %", { workRegimePercentage: "1001" }, "WAGE_REGIME_OVER", "REGIME_OVER_100"],
    [
      "an employer % in hundredths of a percent",
      { employerSocialSecurityPercentage: "2717" },
      "WAGE_NSSO_OUTSIDE",
      "EMPLOYER_NSSO_IMPLAUSIBLE",
    ],
    [
      "an employer % far under 0",
      { employerSocialSecurityPercentage: "-2717" },
      "WAGE_NSSO_OUTSIDE",
      "EMPLOYER_NSSO_IMPLAUSIBLE",
    ],
    [
      "an employer % of nine digits and decimals",
      { employerSocialSecurityPercentage: "999999999.9999" },
      "WAGE_NSSO_OUTSIDE",
      "EMPLOYER_NSSO_IMPLAUSIBLE",
    ],
  ];
  for (const [name, sent, hold, issue] of cases)
    test(`${name} holds the whole wage`, () => {
      const planned = plan({ ...sent, grossAmount: "3300" });
      const reasons = planned.holds.flatMap((one) => one.reasons.map((reason) => reason.code));
      assert.deepEqual([planned.bucket, reasons, planned.operations], ["held", [hold], []]);
      assert.deepEqual(
        planned.issues.map((one) => one.code),
        [issue],
      );
    });
});
