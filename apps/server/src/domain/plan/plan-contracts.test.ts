import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { WorkerContract } from "../records/worker.ts";
import {
  acceptingEveryWage,
  aContract,
  anEmployee,
  aPolicy,
  aStoredContract,
  aWorker,
  contractChanges,
  issues,
  kinds,
  linkedTo,
  someFacts,
  sync,
} from "../testing/sample-people.ts";
import { planPerson } from "./plan.ts";

const hourly = { wageType: "hourly", grossAmount: "20" } as const;

describe("values of a contract", () => {
  const changed: [
    name: string,
    sent: Partial<WorkerContract>,
    changes: Record<string, [string | null, string | null]>,
  ][] = [
    [
      "a raise",
      { grossAmount: "3300" },
      { grossAmount: ["3200.00", "3300"], grossMonthly: ["3200.00", "3300.00"] },
    ],
    [
      "a raise of a fraction of a cent",
      { grossAmount: "3200.0001" },
      { grossAmount: ["3200.00", "3200.0001"] },
    ],
    [
      "another spelling of the same numbers",
      {
        grossAmount: "3200.0000",
        weeklyHours: "38.00",
        workRegimePercentage: "100",
        employerSocialSecurityPercentage: "27.1700",
      },
      {},
    ],
    [
      "from a monthly to an hourly wage",
      hourly,
      {
        wageType: ["monthly", "hourly"],
        grossAmount: ["3200.00", "20"],
        grossMonthly: ["3200.00", "3293.33"],
      },
    ],
    [
      "part-time",
      { weeklyHours: "30.4", workRegimePercentage: "80.00" },
      { weeklyHours: ["38", "30.4"], workRegimePercentage: ["100.00", "80.00"] },
    ],
    ["an end is set", { endDate: "2026-12-31" }, { endDate: [null, "2026-12-31"] }],
    ["the start moves", { startDate: "2023-05-01" }, { startDate: ["2024-01-01", "2023-05-01"] }],
    ["another committee", { jointCommittee: "302" }, { jointCommittee: ["200", "302"] }],
    [
      "employer contributions",
      { employerSocialSecurityPercentage: "25" },
      { employerSocialSecurityPercentage: ["27.17", "25"] },
    ],
    [
      "a wage of zero (unpaid leave)",
      { grossAmount: "0" },
      { grossAmount: ["3200.00", "0"], grossMonthly: ["3200.00", "0.00"] },
    ],
    ["a blue-collar worker", { statute: "blue_collar" }, { statute: ["white_collar", "blue_collar"] }],
  ];
  for (const [name, sent, changes] of changed) {
    test(name, () => {
      const plan = sync(sent);
      assert.deepEqual(contractChanges(plan), changes);
      assert.deepEqual(issues(plan), []);
      assert.equal(plan.bucket, Object.keys(changes).length === 0 ? "unchanged" : "updated");
    });
  }

  test("the monthly wage follows every one of its inputs", () => {
    const stored = { ...hourly, grossMonthly: "3293.33" };
    assert.deepEqual(contractChanges(sync({ ...hourly, weeklyHours: "40" }, stored)), {
      weeklyHours: ["38", "40"],
      grossMonthly: ["3293.33", "3466.67"],
    });
    assert.deepEqual(contractChanges(sync({ ...hourly, grossAmount: "21" }, stored)), {
      grossAmount: ["20", "21"],
      grossMonthly: ["3293.33", "3458.00"],
    });
    assert.deepEqual(contractChanges(sync({ ...hourly, statute: "blue_collar" }, stored)), {
      statute: ["white_collar", "blue_collar"],
      grossMonthly: ["3293.33", null],
    });
  });

  test("a wrong stored monthly wage is corrected without a change at Liantis", () => {
    assert.deepEqual(contractChanges(sync(hourly, { ...hourly, grossMonthly: "3290.80" })), {
      grossMonthly: ["3290.80", "3293.33"],
    });
  });

  test("a removed end extends the contract: the one blank that is a value", () => {
    assert.deepEqual(contractChanges(sync({ endDate: null }, { endDate: "2026-12-31" })), {
      endDate: ["2026-12-31", null],
    });
    assert.deepEqual(contractChanges(sync({ endDate: undefined }, { endDate: "2026-12-31" })), {});
  });

  test("a blank never wipes: each field, missing or unreadable", () => {
    const fields = [
      "statute",
      "wageType",
      "grossAmount",
      "startDate",
      "weeklyHours",
      "referenceWeeklyHours",
      "workRegimePercentage",
      "employerSocialSecurityPercentage",
      "jointCommittee",
    ] as const;
    for (const field of fields) {
      for (const defects of [[], [{ field, contractId: "c-1" }]]) {
        for (const wage of [{}, { ...hourly, grossMonthly: "3293.33" }]) {
          const plan = sync({ ...wage, [field]: null }, wage, defects);
          assert.deepEqual([field, kinds(plan)], [field, []]);
        }
      }
    }
  });

  test("all blanks at once change nothing either", () => {
    const blanks: Partial<WorkerContract> = {
      statute: null,
      wageType: null,
      grossAmount: null,
      startDate: null,
      endDate: undefined,
      weeklyHours: null,
      referenceWeeklyHours: null,
      workRegimePercentage: null,
      employerSocialSecurityPercentage: null,
      jointCommittee: null,
    };
    assert.deepEqual(kinds(sync(blanks)), []);
  });
});

describe("an amount and its unit go together", () => {
  test("an amount of another unit does not land beside the old unit", () => {
    assert.deepEqual(
      contractChanges(sync({ wageType: null, wageTypeUnknown: "DAILY", grossAmount: "150" })),
      {},
    );
  });

  test("a unit without its amount does not land beside the old amount", () => {
    assert.deepEqual(contractChanges(sync({ wageType: "hourly", grossAmount: null })), {});
  });

  test("an hourly wage that cannot be converted does not replace a monthly one", () => {
    const plan = sync({ ...hourly, statute: null }, { statute: null });
    assert.deepEqual(
      [contractChanges(plan), issues(plan)],
      [{}, [["CANNOT_CONVERT_TO_MONTHLY", "statute_unknown"]]],
    );
  });

  test("an hourly wage with blank hours is converted with the stored hours, with an issue", () => {
    const plan = sync(
      { ...hourly, grossAmount: "21", weeklyHours: null },
      { ...hourly, grossMonthly: "3293.33" },
    );
    assert.deepEqual(contractChanges(plan), {
      grossAmount: ["20", "21"],
      grossMonthly: ["3293.33", "3458.00"],
    });
    assert.deepEqual(issues(plan), [["CANNOT_CONVERT_TO_MONTHLY", "hours_missing"]]);
  });

  test("an amount of unknown unit is kept up to date while nothing else is known", () => {
    const unknown = { wageType: null, wageTypeUnknown: "DAILY", grossAmount: "150" } as const;
    const stored = { wageType: null, grossAmount: "140", grossMonthly: null };
    assert.deepEqual(contractChanges(sync(unknown, stored)), { grossAmount: ["140", "150"] });
  });
});

describe("contracts that appear and disappear", () => {
  test("a running contract that is no longer listed is withdrawn, and no longer current", () => {
    const plan = planPerson(
      aWorker({ contracts: [] }),
      linkedTo(anEmployee(), acceptingEveryWage.facts),
      acceptingEveryWage.policy,
    );
    assert.deepEqual(plan.operations, [
      {
        kind: "update_employee",
        employeeId: "e-1",
        rowVersion: 4,
        changes: [{ field: "currentContractId", before: "c-1", after: null }],
        reason: "changed_in_liantis",
      },
      { kind: "withdraw_contract", contractId: "c-1", rowVersion: 2, reason: "contract_gone" },
    ]);
  });

  test("a future contract that is no longer listed is withdrawn, an ended one is not", () => {
    const future = aStoredContract({ contractId: "c-2", startDate: "2027-01-01" });
    const ended = aStoredContract({ contractId: "c-0", startDate: "2019-01-01", endDate: "2021-11-30" });
    const endsToday = aStoredContract({ contractId: "c-3", startDate: "2025-01-01", endDate: "2026-11-22" });
    const employee = anEmployee({ contracts: [aStoredContract(), future, ended, endsToday] });
    const plan = planPerson(
      aWorker(),
      linkedTo(employee, acceptingEveryWage.facts),
      acceptingEveryWage.policy,
    );
    assert.deepEqual(
      plan.operations.map((one) => [one.kind, "contractId" in one ? one.contractId : null]),
      [
        ["withdraw_contract", "c-2"],
        ["withdraw_contract", "c-3"],
      ],
    );
  });

  test("a withdrawn contract is withdrawn once", () => {
    const employee = anEmployee({
      contracts: [aStoredContract({ withdrawn: true })],
      currentContractId: null,
    });
    assert.equal(
      planPerson(
        aWorker({ contracts: [] }),
        linkedTo(employee, acceptingEveryWage.facts),
        acceptingEveryWage.policy,
      ).bucket,
      "unchanged",
    );
  });

  test("a withdrawn contract that is listed again counts again", () => {
    const employee = anEmployee({
      contracts: [aStoredContract({ withdrawn: true })],
      currentContractId: null,
    });
    const plan = planPerson(
      aWorker(),
      linkedTo(employee, acceptingEveryWage.facts),
      acceptingEveryWage.policy,
    );
    assert.deepEqual(kinds(plan), ["update_employee", "update_contract"]);
    assert.deepEqual(contractChanges(plan), { withdrawn: ["true", "false"] });
  });

  test("a list that could not be read in full withdraws nothing", () => {
    for (const field of ["contracts", "contractId"]) {
      const plan = planPerson(
        aWorker({ contracts: [], defects: [{ field, contractId: null }] }),
        linkedTo(),
        acceptingEveryWage.policy,
      );
      assert.deepEqual([plan.bucket, issues(plan)], ["unchanged", [["PAYLOAD_INVALID", field]]]);
    }
  });

  test("a contract becomes current on its day without a change at Liantis", () => {
    const old = { contractId: "c-1", endDate: "2026-11-22" } as const;
    const next = {
      contractId: "c-2",
      startDate: "2026-11-23",
      grossAmount: "3500",
      grossMonthly: "3500.00",
    } as const;
    const { grossMonthly: _, ...sentNext } = next;
    const source = aWorker({ contracts: [aContract(old), aContract(sentNext)] });
    const employee = anEmployee({ contracts: [aStoredContract(old), aStoredContract(next)] });
    assert.equal(
      planPerson(source, linkedTo(employee, acceptingEveryWage.facts), acceptingEveryWage.policy).bucket,
      "unchanged",
    );
    const tomorrow = planPerson(source, linkedTo(employee), aPolicy({ today: "2026-11-23" }));
    assert.deepEqual(tomorrow.operations, [
      {
        kind: "update_employee",
        employeeId: "e-1",
        rowVersion: 4,
        changes: [{ field: "currentContractId", before: "c-1", after: "c-2" }],
        reason: "changed_in_liantis",
      },
    ]);
  });

  test("of several contracts at once the one decided last stays current, and none is at a first sync", () => {
    const half = { workRegimePercentage: "50.00", weeklyHours: "19" };
    const contracts = [
      aContract(half),
      aContract({ ...half, contractId: "c-2", startDate: "2026-10-01", grossAmount: "1700" }),
    ];
    const first = planPerson(
      aWorker({ contracts }),
      someFacts(acceptingEveryWage.facts),
      acceptingEveryWage.policy,
    );
    const [create] = first.operations;
    assert.ok(create?.kind === "create_employee" && create.after.currentContractId === null);
    const params = { count: "2", startDates: "2024-01-01, 2026-10-01" };
    assert.deepEqual(first.issues, [{ code: "MULTIPLE_ACTIVE_CONTRACTS", contractId: null, params }]);
    const later = planPerson(
      aWorker({ contracts }),
      linkedTo(anEmployee({ contracts: [aStoredContract(half)] })),
      acceptingEveryWage.policy,
    );
    assert.deepEqual(kinds(later), ["add_contract"]);
    assert.deepEqual(issues(later), [["MULTIPLE_ACTIVE_CONTRACTS", undefined]]);
  });

  test("a newer full-time contract beside an open-ended one becomes current, with a notice", () => {
    const source = aWorker({
      contracts: [
        aContract(),
        aContract({ contractId: "c-2", startDate: "2026-10-01", grossAmount: "3500" }),
      ],
    });
    const plan = planPerson(
      source,
      linkedTo(anEmployee(), acceptingEveryWage.facts),
      acceptingEveryWage.policy,
    );
    const params = { reason: "superseded", startDate: "2026-10-01" };
    assert.deepEqual(plan.issues, [
      { code: "CONTRACT_OVERLAP_HISTORY", contractId: null, params },
      { code: "RETROACTIVE_CHANGE", contractId: "c-2", params: { startDate: "2026-10-01" } },
    ]);
    assert.deepEqual(kinds(plan), ["update_employee", "add_contract"]);
  });

  test("the same contract id twice is one contract, the same whatever the order", () => {
    const twins = [aContract({ grossAmount: "3300" }), aContract({ grossAmount: "3100" })];
    const defects = [{ field: "contractId", contractId: "c-1" }];
    const plan = planPerson(
      aWorker({ contracts: twins, defects }),
      linkedTo(anEmployee(), acceptingEveryWage.facts),
      acceptingEveryWage.policy,
    );
    assert.deepEqual(
      planPerson(
        aWorker({ contracts: twins.toReversed(), defects }),
        linkedTo(anEmployee(), acceptingEveryWage.facts),
        acceptingEveryWage.policy,
      ),
      plan,
    );
    assert.deepEqual(issues(plan), [["PAYLOAD_INVALID", "contractId"]]);
  });
});
