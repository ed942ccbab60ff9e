import assert from "node:assert/strict";
import { test } from "node:test";
import type { FaultRequest } from "../../../simulator/src/faults/fault-kind.ts";
import { isIssueCode } from "../../src/domain/catalogue/issue-catalogue.ts";
import { renderIssue } from "../../src/texts/issues.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import {
  armAlways,
  assertHeals,
  newcomer,
  openHold,
  openRunIssues,
  peopleChecksum,
  syncUntouched,
} from "./bad-day.ts";

/** Fields that empty for all people at once: the source looks wrong, and the hold names the field. */
const emptied: [string, FaultRequest, string[]][] = [
  ["every field is null", { kind: "null-storm" }, ["firstName", "email", "startDate", "grossAmount"]],
  [
    "every optional key is missing",
    { kind: "missing-keys" },
    ["firstName", "email", "startDate", "grossAmount"],
  ],
  ["every text is blank", { kind: "blank-strings" }, ["firstName", "email", "startDate", "grossAmount"]],
  ["all e-mail addresses are null", { kind: "null-storm", fields: ["email"] }, ["email"]],
  ["all wages are missing", { kind: "missing-keys", fields: ["grossAmount"] }, ["grossAmount"]],
  ["all start dates are blank", { kind: "blank-strings", fields: ["employmentStartDate"] }, ["startDate"]],
  [
    "all names are null on one page of three",
    { kind: "null-storm", fields: ["lastName"], page: 1 },
    ["lastName"],
  ],
  [
    "numbers instead of texts",
    { kind: "type-change" },
    ["grossAmount", "weeklyHours", "employeeNumber", "email"],
  ],
  ["statutes nobody knows", { kind: "unknown-enum" }, ["statute"]],
];

test("a field that all people had is empty", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 25 });
  await connected.sync("first");
  const sum = await peopleChecksum(connected);
  for (const [name, fault, fields] of emptied) {
    await t.test(`${name}: held before the first write, with the fields named`, async () => {
      armAlways(connected, fault);
      const run = await syncUntouched(connected);
      assert.equal(run.verdict, "held");
      assert.deepEqual(await openRunIssues(connected), ["SOURCE_LOOKS_WRONG"]);
      const { reasons } = await openHold(connected);
      assert.ok(reasons.every((reason) => reason.code === "FIELD_EMPTIED"));
      const named = reasons.map((reason) => reason.params["field"]);
      assert.deepEqual(
        fields.filter((field) => !named.includes(field)),
        [],
      );
      await assertHeals(connected);
      assert.equal(await peopleChecksum(connected), sum);
    });
  }
  await t.test("unknown fields are ignored", async () => {
    armAlways(connected, { kind: "extra-fields" });
    const run = await syncUntouched(connected);
    assert.equal(run.counts.fetched, 25);
    await assertHeals(connected);
  });
});

/** A connected entity in which everybody is in order. */
async function connectInOrder(
  t: Parameters<typeof createConnectedEntity>[0],
  people = 6,
): Promise<{ connected: ConnectedEntity; ids: string[] }> {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  for (let person = 0; person < people; person += 1) {
    const workerId = control.addWorker(connected.number, newcomer(`Naam${person}`));
    control.patchWorker(connected.number, workerId, { wageContracts: [contractOf(workerId)] });
  }
  const first = await connected.sync("first");
  assert.equal(first.verdict, "in_order");
  return { connected, ids: control.workerIds(connected.number) };
}

function contractOf(workerId: string): Record<string, unknown> {
  return {
    contractId: `${workerId}-1`,
    statute: "WHITE_COLLAR",
    wageType: "MONTHLY",
    grossAmount: "3000.00",
    startDate: "2026-11-01",
    endDate: "2027-03-31",
    weeklyHours: "38.00",
    referenceWeeklyHours: "38.00",
    workRegimePercentage: "100.00",
    employerSocialSecurityPercentage: "27.17",
    jointCommittee: "200",
  };
}

interface OpenIssue {
  code: string;
  worker_id: string;
  employee_id: string | null;
  params: Record<string, string>;
}

async function openIssues(connected: ConnectedEntity): Promise<OpenIssue[]> {
  return await connected.rows<OpenIssue>(
    "select code, worker_id, employee_id, params from issues where status = 'open' order by code, worker_id",
  );
}

async function peopleOnly(connected: ConnectedEntity): Promise<unknown[]> {
  return [
    await connected.rows("select * from employees order by employee_id"),
    await connected.rows("select * from wage_contracts order by employee_id, contract_id"),
  ];
}

const personFields = ["firstName", "lastName", "email", "employmentStartDate", "employeeNumber"];
const contractFields = Object.keys(contractOf("")).filter((one) => one !== "contractId" && one !== "endDate");

test("each person has another field that is not usable", async (t) => {
  const { connected, ids } = await connectInOrder(t, personFields.length + contractFields.length);
  const { control } = connected.simulator;
  const whole = ids.map((workerId) => Object(control.worker(connected.number, workerId)));
  const before = await peopleOnly(connected);
  for (const value of [null, undefined, "", "   ", 7, ["x"], {}, true]) {
    await t.test(
      `${JSON.stringify(value) ?? "a missing key"} wipes nothing, and each of them is an issue`,
      async () => {
        for (const [index, workerId] of ids.entries()) {
          const field = [...personFields, ...contractFields][index] ?? "";
          const damage = personFields.includes(field)
            ? { [field]: value }
            : { wageContracts: [{ ...contractOf(workerId), [field]: value }] };
          control.putWorker(connected.number, workerId, { ...whole[index], ...damage });
        }
        const run = await connected.sync();
        assert.equal(run.verdict, "needs_attention");
        assert.deepEqual(await peopleOnly(connected), before);
        const withIssue = new Set((await openIssues(connected)).map((issue) => issue.worker_id));
        // A joint committee and a full-timer's hours are nice to have; a statute is needed for hourly wages only.
        const silent = ["jointCommittee", "referenceWeeklyHours", "weeklyHours", "statute"];
        const needed = ids.filter(
          (_, index) => !silent.includes([...personFields, ...contractFields][index] ?? ""),
        );
        assert.deepEqual(
          needed.filter((workerId) => !withIssue.has(workerId)),
          [],
        );
      },
    );
  }
  for (const [index, workerId] of ids.entries()) control.putWorker(connected.number, workerId, whole[index]);
  assert.equal((await assertHeals(connected)).verdict, "in_order");
  assert.deepEqual(await openIssues(connected), []);
});

test("an end date that is missing, blank or no date keeps the old one; null opens the contract", async (t) => {
  const { connected, ids } = await connectInOrder(t);
  const { control } = connected.simulator;
  const [workerId = ""] = ids;
  const ends = async () =>
    await connected.rows("select end_date::text from wage_contracts where contract_id = $1", [
      `${workerId}-1`,
    ]);
  for (const endDate of [undefined, "", "31/03/2027", 20270331]) {
    control.patchWorker(connected.number, workerId, {
      wageContracts: [{ ...contractOf(workerId), endDate }],
    });
    await connected.sync();
    assert.deepEqual(await ends(), [{ end_date: "2027-03-31" }], JSON.stringify(endDate));
  }
  control.patchWorker(connected.number, workerId, {
    wageContracts: [{ ...contractOf(workerId), endDate: null }],
  });
  await connected.sync();
  assert.deepEqual(await ends(), [{ end_date: null }]);
});

test("one record among good ones cannot be read", async (t) => {
  const { connected, ids } = await connectInOrder(t);
  const { control } = connected.simulator;
  const [broken = "", other = ""] = ids;
  const whole = Object(control.worker(connected.number, broken));
  const [employee] = await connected.rows<{ employee_id: string }>(
    "select employee_id from links where worker_id = $1",
    [broken],
  );

  await t.test(
    "with its id: the person stays as they are, the others are synchronised, and the issue says what to do",
    async () => {
      control.putWorker(connected.number, broken, { ...whole, wageContracts: "none" });
      control.patchWorker(connected.number, other, { firstName: "Bobbie" });
      const run = await connected.sync();
      assert.equal(run.verdict, "needs_attention");
      assert.deepEqual([run.counts.failed, run.counts.updated, run.counts.absent], [1, 1, 0]);
      const [issue, ...more] = await openIssues(connected);
      assert.ok(issue);
      assert.deepEqual(more, []);
      assert.equal(issue.code, "PAYLOAD_INVALID");
      assert.equal(issue.employee_id, employee?.employee_id, "it is known who they are here");
      assertIssueText(issue, "cannot read anything");
      assert.deepEqual(await connected.rows("select * from links where absent_since is not null"), []);
    },
  );

  await t.test("a record without its id raises an issue, and no person counts as absent", async () => {
    control.putWorker(connected.number, broken, { ...whole, workerId: 12 });
    const run = await connected.sync();
    assert.equal(run.verdict, "needs_attention");
    assert.equal(run.counts.failed, 1);
    assert.deepEqual(await connected.rows("select * from links where absent_since is not null"), []);
    const [issue, ...more] = await openIssues(connected);
    assert.ok(issue);
    assert.deepEqual(more, []);
    assert.equal(issue.worker_id, "");
    assertIssueText(issue, "cannot read anything");
  });

  await t.test("a record that is no object raises an issue, and no person counts as absent", async () => {
    control.putWorker(connected.number, broken, "Ada");
    const run = await connected.sync();
    assert.equal(run.counts.failed, 1);
    assert.deepEqual(await connected.rows("select * from links where absent_since is not null"), []);
  });

  await t.test("when the record is readable again the run is in order and its issues close", async () => {
    control.putWorker(connected.number, broken, whole);
    assert.equal((await assertHeals(connected)).verdict, "in_order");
    assert.deepEqual(await openIssues(connected), []);
  });
});

function assertIssueText(issue: OpenIssue, words: string): void {
  assert.ok(isIssueCode(issue.code));
  const { cause } = renderIssue(issue.code, issue.params, "en");
  assert.ok(cause.includes(words), cause);
}
