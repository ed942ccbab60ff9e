import assert from "node:assert/strict";
import { test } from "node:test";
import type { EmployeeTarget } from "../records/employee.ts";
import { anEmployee, aStoredContract, someValues } from "../testing/sample-people.ts";
import { planUndo } from "./plan-undo.ts";
import { type EmailOwners, planUndoOfRun } from "./undo-emails.ts";
import {
  type CurrentPerson,
  touchKey,
  type UndoPerson,
  type UndoPolicy,
  type WrittenChange,
} from "./undo-types.ts";

const today = "2026-11-22";

function policy(different: Partial<UndoPolicy> = {}): UndoPolicy {
  return { today, valuesExpired: false, isUndo: false, emailTaken: new Set(), ...different };
}

function change(different: Partial<WrittenChange>): WrittenChange {
  return { seq: 1, contractId: null, kind: "update", fields: {}, undoneFields: new Set(), ...different };
}

function person(
  changes: WrittenChange[],
  employee: EmployeeTarget,
  different: Partial<Omit<UndoPerson, "current">> & { current?: Partial<CurrentPerson> } = {},
): UndoPerson {
  const { current, ...rest } = different;
  return {
    employeeId: employee.employeeId,
    workerId: "w-1",
    changes,
    current: { employee, linkedWorkerId: "w-1", invited: false, ...current },
    touched: new Set(),
    ...rest,
  };
}

/** What `newValues` records of a created person. */
const creation = change({
  kind: "create",
  fields: {
    firstName: [null, "Inès"],
    lastName: [null, "De Smedt"],
    email: [null, "ines@bakkerij.be"],
    language: [null, "nl"],
    startDate: [null, "2024-01-01"],
    employeeNumber: [null, "17"],
    currentContractId: [null, "c-1"],
  },
});
const addition = change({
  seq: 2,
  contractId: "c-1",
  kind: "create",
  fields: Object.fromEntries(
    Object.entries(someValues()).flatMap(([field, value]) =>
      value === null ? [] : [[field, [null, value]]],
    ),
  ),
});

test("a field gets its old value if it still has what the run wrote, and stays if it was written since", () => {
  const renamed = change({ fields: { firstName: ["Ines", "Inès"], lastName: ["Desmedt", "De Smedt"] } });
  const plan = planUndo(
    person([renamed], anEmployee({ lastName: "De Smet" }), {
      touched: new Set([touchKey("c-1", "firstName")]),
    }),
    policy(),
  );
  assert.deepEqual(plan.employeeChanges, [{ field: "firstName", before: "Inès", after: "Ines" }]);
  assert.deepEqual(plan.undone, [{ seq: 1, fields: ["firstName"] }]);
  assert.deepEqual(plan.notUndone, [{ contractId: null, field: "lastName", reason: "changed_since" }]);
  // The same value, but written again by hand: it is theirs.
  const byHand = person([renamed], anEmployee(), { touched: new Set([touchKey(null, "firstName")]) });
  assert.deepEqual(planUndo(byHand, policy()).employeeChanges, [
    { field: "lastName", before: "De Smedt", after: "Desmedt" },
  ]);
});

test("a person whom the run created is removed, unless they were invited or changed", () => {
  const untouched = planUndo(person([creation, addition], anEmployee()), policy());
  assert.equal(untouched.remove, true);
  assert.deepEqual(
    untouched.removedContracts.map((one) => one.contractId),
    ["c-1"],
  );
  assert.deepEqual(untouched.notUndone, []);
  const kept: [Parameters<typeof person>[2], EmployeeTarget, string][] = [
    [{ current: { invited: true } }, anEmployee(), "invited"],
    [{}, anEmployee({ firstName: "Ine" }), "touched"],
    [{}, anEmployee({ language: "fr" }), "touched"],
    [{}, anEmployee({ deactivated: true }), "touched"],
    [{ touched: new Set([touchKey("c-1", "grossAmount")]) }, anEmployee(), "touched"],
    [
      {},
      anEmployee({ contracts: [aStoredContract(), aStoredContract({ contractId: "by-hand" })] }),
      "touched",
    ],
    [{}, anEmployee({ contracts: [aStoredContract({ grossAmount: "3300.00" })] }), "touched"],
  ];
  for (const [different, employee, reason] of kept) {
    const plan = planUndo(person([creation, addition], employee, different), policy());
    assert.deepEqual([plan.remove, plan.unlink, plan.removedContracts, plan.undone], [false, true, [], []]);
    assert.deepEqual(plan.notUndone, [{ contractId: null, field: null, reason }]);
  }
  const elsewhere = person([creation, addition], anEmployee(), { current: { linkedWorkerId: "w-2" } });
  assert.equal(planUndo(elsewhere, policy()).unlink, false, "another link is not the run's");
});

test("a person whom the run matched is unlinked, and their fields and contracts get the old values", () => {
  const link = change({ kind: "link", fields: { link: [null, "w-1"] } });
  const update = change({
    seq: 2,
    fields: { firstName: ["Ines", "Inès"], currentContractId: [null, "c-1"] },
  });
  const plan = planUndo(person([link, update, { ...addition, seq: 3 }], anEmployee()), policy());
  assert.equal(plan.unlink, true);
  assert.deepEqual(plan.employeeChanges, [
    { field: "firstName", before: "Inès", after: "Ines" },
    { field: "currentContractId", before: "c-1", after: null },
  ]);
  assert.equal(plan.removedContracts.length, 1);
  assert.deepEqual(
    plan.undone.map((one) => one.seq),
    [1, 2, 3],
  );
  const moved = person([link], anEmployee(), { current: { linkedWorkerId: "w-9" } });
  assert.deepEqual(planUndo(moved, policy()).notUndone, [
    { contractId: null, field: "link", reason: "changed_since" },
  ]);
});

test("half of a wage, or one of two dates, is not undone", () => {
  const raised = change({
    contractId: "c-1",
    fields: {
      wageType: ["hourly", "monthly"],
      grossAmount: ["20.00", "3200.00"],
      grossMonthly: ["3293.33", "3200.00"],
      weeklyHours: ["38", "38"],
      startDate: ["2023-01-01", "2024-01-01"],
      endDate: ["2023-12-31", null],
      jointCommittee: ["302", "200"],
    },
  });
  const touched = new Set([touchKey("c-1", "grossAmount"), touchKey("c-1", "endDate")]);
  const [contract] = planUndo(person([raised], anEmployee(), { touched }), policy()).contracts;
  assert.ok(contract);
  const { wageType, grossAmount, grossMonthly, startDate, endDate, jointCommittee } = contract.after;
  assert.deepEqual(
    [wageType, grossAmount, grossMonthly, startDate, endDate, jointCommittee],
    ["monthly", "3200.00", "3200.00", "2024-01-01", null, "302"],
  );
  const [whole] = planUndo(person([raised], anEmployee()), policy()).contracts;
  assert.equal(whole?.after.grossMonthly, "3293.33");
  assert.equal(whole.after.endDate, "2023-12-31");
});

test("a withdrawn contract counts again, one that is listed again is withdrawn again", () => {
  const withdrawn = aStoredContract({ withdrawn: true });
  const withdrew = change({ contractId: "c-1", kind: "withdraw", fields: { withdrawn: ["false", "true"] } });
  const stopped = change({ seq: 2, fields: { currentContractId: ["c-1", null] } });
  const employee = anEmployee({ contracts: [withdrawn], currentContractId: null });
  const plan = planUndo(person([stopped, withdrew], employee), policy());
  assert.equal(plan.contracts[0]?.after.withdrawn, false);
  assert.deepEqual(plan.employeeChanges, [{ field: "currentContractId", before: null, after: "c-1" }]);
  assert.deepEqual(plan.notUndone, []);
  const listed = change({ contractId: "c-1", fields: { withdrawn: ["true", "false"] } });
  assert.equal(planUndo(person([listed], anEmployee()), policy()).contracts[0]?.after.withdrawn, true);
});

test("which contract counts goes by date, also when the run only moved that", () => {
  const contracts = [
    aStoredContract({ endDate: "2026-10-31" }),
    aStoredContract({ contractId: "c-2", startDate: "2026-11-01" }),
  ];
  const moved = change({ fields: { currentContractId: ["c-1", "c-2"] } });
  const plan = planUndo(person([moved], anEmployee({ contracts, currentContractId: "c-2" })), policy());
  assert.deepEqual([plan.employeeChanges, plan.undone], [[], []]);
  assert.deepEqual(plan.notUndone, [
    { contractId: null, field: "currentContractId", reason: "still_needed" },
  ]);
});

test("what cannot be undone at all has its reason", () => {
  const renamed = change({ fields: { firstName: ["Ines", "Inès"] } });
  const one = person([renamed], anEmployee());
  const reasonOf = (who: UndoPerson, different: Partial<UndoPolicy> = {}) =>
    planUndo(who, policy(different)).notUndone.map((not) => not.reason);
  assert.deepEqual(reasonOf(one, { isUndo: true }), ["reversal"]);
  assert.deepEqual(reasonOf(one, { valuesExpired: true }), ["values_expired"]);
  assert.deepEqual(reasonOf({ ...one, current: null }), ["changed_since"]);
  const again = { ...one, changes: [{ ...renamed, undoneFields: new Set(["firstName"]) }] };
  assert.deepEqual(reasonOf(again), ["already_reverted"]);
});

test("an e-mail is given back only if it is free, or if its owner gives it up", () => {
  const moved = (employeeId: string, before: string, after: string) =>
    person([change({ fields: { email: [before, after] } })], anEmployee({ employeeId, email: after }));
  // a gave "a" up, then c took it: both go back together.
  const chain = [moved("a", "a@x.be", "b@x.be"), moved("c", "c@x.be", "a@x.be")];
  const signInOf = (employeeId: string | null, stays: boolean) => ({ employeeId, stays });
  const holdersOf = (holders: [string, string | null][], stays: boolean): EmailOwners =>
    new Map(
      holders.map(([email, employeeId]) => [email, { employeeId, signIn: signInOf(employeeId, stays) }]),
    );
  const outcomes = (people: UndoPerson[], holders: EmailOwners) =>
    planUndoOfRun(people, policy(), holders).map(
      (plan) => plan.employeeChanges[0]?.after ?? plan.notUndone[0]?.reason,
    );
  const emailsOf = (people: UndoPerson[], holders: [string, string | null][], stays = false) =>
    outcomes(people, holdersOf(holders, stays));
  assert.deepEqual(emailsOf(chain, [["a@x.be", "c"]]), ["a@x.be", "c@x.be"]);
  // c cannot have "c" again, so c keeps "a", so a keeps "b".
  const blocked: [string, string | null][] = [
    ["a@x.be", "c"],
    ["c@x.be", null],
  ];
  assert.deepEqual(emailsOf(chain, blocked), ["email_taken", "email_taken"]);
  assert.deepEqual(emailsOf(chain.slice(0, 1), [["a@x.be", "c"]]), ["email_taken"]);
  assert.deepEqual(emailsOf(chain, [["a@x.be", "c"]], true), ["email_taken", "c@x.be"]);
  // Two who exchanged theirs, and whose sign-ins stayed: each has back what they sign in with, unless the other keeps it.
  const exchanged = [moved("a", "a@x.be", "b@x.be"), moved("b", "b@x.be", "a@x.be")];
  const invited: EmailOwners = new Map([
    ["a@x.be", { employeeId: "b", signIn: signInOf("a", true) }],
    ["b@x.be", { employeeId: "a", signIn: signInOf("b", true) }],
  ]);
  assert.deepEqual(outcomes(exchanged, invited), ["a@x.be", "b@x.be"]);
  assert.deepEqual(outcomes(exchanged.slice(0, 1), invited), ["email_taken"]);
  // A colleague's sign-in keeps the e-mail, even if an employee has it too.
  const colleagues: EmailOwners = new Map([
    ["a@x.be", { employeeId: "b", signIn: signInOf("d", true) }],
    ["b@x.be", { employeeId: "a", signIn: null }],
  ]);
  assert.deepEqual(outcomes(exchanged, colleagues), ["email_taken", "email_taken"]);
  // A person whom the run created, and who is removed, gives theirs up too.
  const newcomer = person([creation, addition], anEmployee({ employeeId: "n" }));
  const gave = moved("g", "ines@bakkerij.be", "g@x.be");
  const [, plan] = planUndoOfRun([newcomer, gave], policy(), holdersOf([["ines@bakkerij.be", "n"]], false));
  assert.equal(plan?.employeeChanges[0]?.after, "ines@bakkerij.be");
});
