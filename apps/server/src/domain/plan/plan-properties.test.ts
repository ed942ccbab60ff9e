import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { issueCatalogue, type IssueCode } from "../catalogue/issue-catalogue.ts";
import { defaultThresholds } from "../guards/guard.ts";
import type { HoldDecision, IdentityAlarm } from "../guards/hold-types.ts";
import type { ContractValues, EmployeeTarget, StoredContract } from "../records/employee.ts";
import { matchKey } from "../records/match.ts";
import { storedPersonFields } from "../records/synced-fields.ts";
import type { WorkerContract, WorkerRecord } from "../records/worker.ts";
import { applied } from "../testing/applied-plan.ts";
import { anEmployee, aWorker } from "../testing/sample-people.ts";
import { addDays } from "../values/calendar-date.ts";
import { compareDecimals } from "../values/decimal.ts";
import { grossMonthlyOf } from "../wages/wage-conversion.ts";
import type { PersonFacts, PlanPolicy } from "./plan-types.ts";
import { planPerson } from "./plan.ts";

const today = "2026-11-22";
const day = fc.integer({ min: -60, max: 60 }).map((days) => addDays(today, days));
const farDay = fc.oneof(
  { weight: 8, arbitrary: day },
  fc.constantFrom("0203-05-01", "2101-01-01", "2019-06-30"),
);
const amount = fc.constantFrom(
  "0",
  "20",
  "20.00",
  "17.2345",
  "150",
  "201",
  "3200",
  "3200.00",
  "100001",
  "-5",
);
const hours = fc.constantFrom("0", "19", "30.4", "38", "38.00", "40", "-1", "500");
const percentage = fc.constantFrom("0", "0.27", "1", "20", "50.00", "50", "80", "100", "100.00", "110", "-3");
const contractFields = [
  "statute",
  "wageType",
  "grossAmount",
  "startDate",
  "endDate",
  "weeklyHours",
  "workRegimePercentage",
];

const sentContract: fc.Arbitrary<WorkerContract> = fc.record({
  contractId: fc.constantFrom("c-1", "c-2", "c-3", "c-4"),
  statute: fc.constantFrom("white_collar", "blue_collar", null),
  wageType: fc.constantFrom("hourly", "monthly", null),
  wageTypeUnknown: fc.constantFrom(null, "DAILY"),
  grossAmount: fc.option(amount, { freq: 6 }),
  startDate: fc.option(farDay, { freq: 8 }),
  endDate: fc.oneof(fc.constant(null), fc.constant(undefined), farDay),
  weeklyHours: fc.option(hours),
  referenceWeeklyHours: fc.option(hours),
  workRegimePercentage: fc.option(percentage),
  employerSocialSecurityPercentage: fc.option(percentage),
  jointCommittee: fc.constantFrom("200", "302", null),
});

const blankable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 9 });
const source: fc.Arbitrary<WorkerRecord> = fc
  .record({
    workerId: fc.constant("w-1"),
    employeeNumber: blankable(fc.constantFrom("17", "18")),
    firstName: blankable(fc.constantFrom("Inès", "Ines", "An")),
    lastName: blankable(fc.constantFrom("De Smedt", "Peeters")),
    email: blankable(fc.constantFrom("ines@bakkerij.be", "Ines@bakkerij.be", "an@elders.be", "niets")),
    language: fc.constantFrom("nl", "fr", "en", null),
    languageUnsupported: fc.constantFrom(null, "D"),
    startDate: blankable(farDay),
    employmentEndDate: fc.oneof(day, fc.constantFrom(null, undefined)),
    contracts: fc.uniqueArray(sentContract, { selector: (one) => one.contractId, maxLength: 4 }),
    defects: fc.array(
      fc.record({
        field: fc.constantFrom(
          "email",
          "lastName",
          "startDate",
          "employeeNumber",
          "contracts",
          ...contractFields,
        ),
        contractId: fc.constantFrom(null, "c-1", "c-2"),
      }),
      { maxLength: 2 },
    ),
  })
  .map((values) => aWorker(values));

/** Contracts as an earlier run may have left them: usable dates and numbers, and a monthly wage that follows from them. */
const storedContract: fc.Arbitrary<StoredContract> = fc
  .record({
    contractId: fc.constantFrom("c-1", "c-2", "c-3", "c-5"),
    rowVersion: fc.integer({ min: 1, max: 9 }),
    withdrawn: fc.boolean(),
    statute: fc.constantFrom("white_collar", "blue_collar", null),
    wageType: fc.constantFrom("hourly", "monthly", null),
    grossAmount: fc.constantFrom("20", "20.00", "3200", null),
    startDate: fc.constantFrom("2020-01-01", addDays(today, -5), addDays(today, 5)),
    endDate: fc.constantFrom(null, addDays(today, 5), addDays(today, 40)),
    weeklyHours: fc.constantFrom("38", "38.0", null),
    referenceWeeklyHours: fc.constantFrom("38", null),
    workRegimePercentage: fc.constantFrom("50", "80", "100", null),
    employerSocialSecurityPercentage: fc.constantFrom("27.17", null),
    jointCommittee: fc.constantFrom("200", null),
  })
  .map((values) => ({ ...values, grossMonthly: grossMonthlyOf(values) }) as StoredContract);

const employee: fc.Arbitrary<EmployeeTarget> = fc
  .record({
    employeeId: fc.constant("e-1"),
    rowVersion: fc.integer({ min: 1, max: 9 }),
    firstName: fc.constantFrom("Inès", "Karel"),
    lastName: fc.constantFrom("De Smedt", "Willems"),
    email: fc.constantFrom("ines@bakkerij.be", "Ines@Bakkerij.be", "oud@bakkerij.be"),
    language: fc.constantFrom("nl", "fr", "en"),
    startDate: fc.constantFrom("2020-01-01", "2024-01-01"),
    employeeNumber: fc.constantFrom("17", null),
    deactivated: fc.boolean(),
    currentContractId: fc.constantFrom("c-1", "c-2", "c-9", null),
    contracts: fc.uniqueArray(storedContract, { selector: (one) => one.contractId, maxLength: 4 }),
  })
  .map((values) => anEmployee(values));

const facts: fc.Arbitrary<PersonFacts> = fc
  .record({
    kind: fc.constantFrom("linked" as const, "linked" as const, "email_match" as const, "none" as const),
    employee,
    targetLinkedElsewhere: rarely(),
    emailStatus: fc.oneof(
      { weight: 6, arbitrary: fc.constant("free" as const) },
      fc.constantFrom(
        "own_account" as const,
        "same_entity" as const,
        "other_entity" as const,
        "other_customer" as const,
      ),
    ),
    sameEmailEmployeeNumbers: fc.oneof(
      { weight: 6, arbitrary: fc.constant<string[]>([]) },
      fc.array(fc.constantFrom<string[]>("", "7", "8"), { maxLength: 2 }),
    ),
    sameEmailHolderIsLinked: fc.boolean(),
    employeeNumberTaken: rarely(),
    metTwice: fc.boolean(),
    isUnlinkedPair: rarely(),
    knownEmploymentEnd: fc.option(day),
    identityAlarm: fc.oneof(
      { weight: 6, arbitrary: fc.constant(null) },
      fc.constantFrom<IdentityAlarm>(
        { code: "EMAIL_SWAPPED", params: {} },
        { code: "MANY_IDENTITIES_CHANGED", params: {} },
      ),
    ),
    decisions: fc.oneof(
      { weight: 6, arbitrary: fc.constant<HoldDecision[]>([]) },
      fc.constantFrom<HoldDecision[][]>(
        [{ kind: "reverted", fingerprint: "f", status: "open" }],
        [{ kind: "reverted", fingerprint: "f", status: "accepted" }],
      ),
    ),
  })
  .map(({ kind, employee: matched, ...rest }) => ({
    ...rest,
    target: kind === "none" ? { kind } : { kind, employee: matched },
  }));

const policy: fc.Arbitrary<PlanPolicy> = fc.record({
  today: fc.constant(today),
  defaultLanguage: fc.constantFrom("nl", "fr", "en"),
  emailDomain: fc.constantFrom(null, "bakkerij.be"),
  acceptedMatches: fc.constantFrom(new Set<string>(), new Set([matchKey("w-1", "e-1")])),
  thresholds: fc.constantFrom(defaultThresholds, { ...defaultThresholds, wageFactorMax: 1_000_000 }),
  digest: fc.constant((text: string) => text),
});

function rarely() {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true));
}

function law(name: string, holds: (source: WorkerRecord, facts: PersonFacts, policy: PlanPolicy) => void) {
  test(name, () => {
    fc.assert(fc.property(source, facts, policy, holds), { numRuns: 1000 });
  });
}

describe("laws of a plan", () => {
  law("total: every source lands in one bucket, and its own laws hold", (one, given, rules) => {
    const plan = planPerson(one, given, rules);
    assert.ok(["created", "linked", "updated", "unchanged", "held", "failed"].includes(plan.bucket));
    assert.ok(plan.issues.every((issue) => Object.hasOwn(issueCatalogue, issue.code)));
    if (plan.bucket === "failed") assert.ok(plan.issues.length > 0);
    const isAsked = plan.holds.some((hold) => hold.status === "open");
    if (plan.bucket === "held") assert.ok(isAsked || plan.issues.length > 0);
    if (given.target.kind === "linked" && !isAsked)
      assert.ok(plan.bucket === "updated" || plan.bucket === "unchanged");
  });

  law("idempotent: after applying, the same source has nothing left to write", (one, given, rules) => {
    const plan = planPerson(one, given, rules);
    if (plan.bucket === "failed") return;
    const isKnown = plan.operations.some(
      (each) => each.kind === "create_employee" || each.kind === "link_employee",
    );
    if (given.target.kind !== "linked" && !isKnown) return;
    const again = planPerson(
      one,
      { ...given, target: { kind: "linked", employee: applied(plan, given) } },
      rules,
    );
    const rest = plan.holds.some((hold) => hold.status === "open") ? "held" : "unchanged";
    assert.deepEqual([again.bucket, again.operations], [rest, []]);
    // What waits is asked once: the question is the same as long as Liantis says the same.
    assert.deepEqual(again.holds, plan.holds);
  });

  law("deterministic: the order of contracts and defects does not matter", (one, given, rules) => {
    const turned = { ...one, contracts: one.contracts.toReversed(), defects: one.defects.toReversed() };
    const { target } = given;
    const turnedFacts: PersonFacts =
      target.kind === "none"
        ? given
        : {
            ...given,
            target: {
              ...target,
              employee: { ...target.employee, contracts: target.employee.contracts.toReversed() },
            },
          };
    assert.deepEqual(planPerson(turned, turnedFacts, rules), planPerson(one, given, rules));
  });

  law(
    "no invention: every value comes from the source, from what we had, from the policy, or from the wage formula",
    (one, given, rules) => {
      const plan = planPerson(one, given, rules);
      const known = given.target.kind === "none" ? null : given.target.employee;
      const personal = new Set<string | null>([
        ...storedPersonFields.map((field) =>
          field === "email" ? (one.email?.toLowerCase() ?? null) : one[field],
        ),
        rules.defaultLanguage,
        null,
      ]);
      for (const operation of plan.operations) {
        if (operation.kind === "create_employee") {
          const { currentContractId, ...values } = operation.after;
          assert.ok(Object.values(values).every((value) => personal.has(value)));
          assert.ok(
            currentContractId === null ||
              one.contracts.some((contract) => contract.contractId === currentContractId),
          );
        }
        if (operation.kind === "update_employee") {
          for (const change of operation.changes) {
            assert.notEqual(change.field, "language");
            if (change.field !== "currentContractId") assert.ok(personal.has(change.after));
          }
        }
        if (operation.kind === "add_contract" || operation.kind === "update_contract") {
          const sent = one.contracts.find((contract) => contract.contractId === operation.contractId);
          const prior = known?.contracts.find((contract) => contract.contractId === operation.contractId);
          assert.ok(sent);
          assertTraceable(operation.after, sent, prior);
        }
      }
    },
  );

  law(
    "blanks never wipe: a source of blanks changes only what a date decides of a linked person",
    (one, given, rules) => {
      if (given.target.kind !== "linked") return;
      const { contracts } = given.target.employee;
      const blank: WorkerRecord = {
        ...one,
        employeeNumber: null,
        firstName: null,
        lastName: null,
        email: null,
        startDate: null,
        contracts: contracts
          .filter((contract) => !contract.withdrawn)
          .map((contract) => blankContract(contract.contractId)),
      };
      const plan = planPerson(blank, given, rules);
      const fields = plan.operations.flatMap((operation) =>
        "changes" in operation ? operation.changes.map((change) => change.field as string) : [operation.kind],
      );
      assert.ok(
        fields.every((field) => field === "currentContractId"),
        fields.join(),
      );
    },
  );

  law(
    "a person's issues give what the catalogue declares for their texts, and name no wage",
    (one, given, rules) => {
      const plan = planPerson(one, given, rules);
      for (const { code, contractId, params } of plan.issues) {
        const declared = declaredParams(code);
        for (const [name, value] of Object.entries(params)) {
          assert.ok(declared.has(name), `${code} has a parameter ${name}`);
          assert.doesNotMatch(value, /[{}]|undefined|null|\s\s/);
          if (contractId !== null) assert.doesNotMatch(value, /3200|17\.2345|100001/);
        }
      }
    },
  );
});

/** With what every issue may carry beside the parameters of its texts. */
function declaredParams(code: IssueCode): Set<string> {
  const { params, reasons = {} } = issueCatalogue[code];
  const ofReasons = Object.values(reasons).flatMap((reason) => Object.keys(reason.params ?? {}));
  return new Set([...Object.keys(params), ...ofReasons, "reason", "employeeNumber", "effect"]);
}

function assertTraceable(
  after: ContractValues,
  sent: WorkerContract,
  prior: ContractValues | undefined,
): void {
  const { grossMonthly, ...values } = after;
  for (const [field, value] of Object.entries(values)) {
    const key = field as keyof typeof values;
    assert.ok(value === null || value === sent[key] || value === prior?.[key], field);
  }
  assert.equal(grossMonthly, grossMonthlyOf(after));
  assert.ok(after.startDate !== null && (after.endDate === null || after.endDate >= after.startDate));
  // An amount is never combined with a unit that it was not sent or kept with.
  if (after.grossAmount === null || after.wageType === null) return;
  const isSent =
    sent.wageType === after.wageType &&
    sent.grossAmount !== null &&
    compareDecimals(sent.grossAmount, after.grossAmount) === 0;
  const isKept =
    prior?.wageType === after.wageType &&
    prior.grossAmount !== null &&
    compareDecimals(prior.grossAmount, after.grossAmount) === 0;
  assert.ok(isSent || isKept);
}

function blankContract(contractId: string): WorkerContract {
  return {
    contractId,
    statute: null,
    wageType: null,
    wageTypeUnknown: null,
    grossAmount: null,
    startDate: null,
    endDate: undefined,
    weeklyHours: null,
    referenceWeeklyHours: null,
    workRegimePercentage: null,
    employerSocialSecurityPercentage: null,
    jointCommittee: null,
  };
}
