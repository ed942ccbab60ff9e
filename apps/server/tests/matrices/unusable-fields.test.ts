import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import type { IssueCode } from "../../src/domain/catalogue/issue-catalogue.ts";
import { emptyCounts } from "../../src/domain/plan/counts.ts";
import {
  personFieldNames,
  sentContractFields,
  watchedFields,
} from "../../src/domain/records/synced-fields.ts";
import type { StoredRun } from "../../src/runs/runs.sql.ts";
import type { WireRecord } from "./contract-liantis.ts";
import { type Firm, issuesOf, lookAt, openFirms, sideBySide, wireContract, wireWorker } from "./firms.ts";

/** The expected result of an unusable field. */
interface FieldRule {
  record: "person" | "contract";
  /** The issue of a missing key, null or blank; or why there is none. */
  blank: IssueCode | { unsaid: string };
  wrongType: IssueCode;
  /** Our name of it where a drop for many people holds the run; null where it may be blank for good reasons. */
  watched: string | null;
}

const rules: Record<string, FieldRule> = {
  firstName: { record: "person", blank: "NAME_MISSING", wrongType: "PAYLOAD_INVALID", watched: "firstName" },
  lastName: { record: "person", blank: "NAME_MISSING", wrongType: "PAYLOAD_INVALID", watched: "lastName" },
  email: { record: "person", blank: "EMAIL_MISSING", wrongType: "PAYLOAD_INVALID", watched: "email" },
  language: {
    record: "person",
    blank: { unsaid: "it is taken over once, when somebody is created" },
    wrongType: "PAYLOAD_INVALID",
    watched: "language",
  },
  employmentStartDate: {
    record: "person",
    blank: "START_DATE_MISSING",
    wrongType: "START_DATE_INVALID",
    watched: "startDate",
  },
  employmentEndDate: {
    record: "person",
    blank: { unsaid: "the end we have stays; null alone says that there is none" },
    wrongType: "PAYLOAD_INVALID",
    watched: null,
  },
  employeeNumber: {
    record: "person",
    blank: "PAYROLL_ID_MISSING",
    wrongType: "PAYLOAD_INVALID",
    watched: "employeeNumber",
  },
  statute: {
    record: "contract",
    blank: "CANNOT_CONVERT_TO_MONTHLY",
    wrongType: "PAYLOAD_INVALID",
    watched: "statute",
  },
  wageType: {
    record: "contract",
    blank: "WAGE_TYPE_UNKNOWN",
    wrongType: "PAYLOAD_INVALID",
    watched: "wageType",
  },
  grossAmount: {
    record: "contract",
    blank: "WAGE_MISSING",
    wrongType: "PAYLOAD_INVALID",
    watched: "grossAmount",
  },
  startDate: {
    record: "contract",
    blank: "CONTRACT_DATES_INVALID",
    wrongType: "CONTRACT_DATES_INVALID",
    watched: "contractStartDate",
  },
  endDate: {
    record: "contract",
    blank: { unsaid: "the end we have stays; null alone says that there is none" },
    wrongType: "PAYLOAD_INVALID",
    watched: null,
  },
  weeklyHours: {
    record: "contract",
    blank: "CANNOT_CONVERT_TO_MONTHLY",
    wrongType: "PAYLOAD_INVALID",
    watched: "weeklyHours",
  },
  referenceWeeklyHours: {
    record: "contract",
    blank: { unsaid: "shown beside the regime, and nothing is worked out from it" },
    wrongType: "PAYLOAD_INVALID",
    watched: null,
  },
  workRegimePercentage: {
    record: "contract",
    blank: "REGIME_MISSING",
    wrongType: "PAYLOAD_INVALID",
    watched: "workRegimePercentage",
  },
  employerSocialSecurityPercentage: {
    record: "contract",
    blank: "EMPLOYER_NSSO_MISSING",
    wrongType: "PAYLOAD_INVALID",
    watched: "employerSocialSecurityPercentage",
  },
  jointCommittee: {
    record: "contract",
    blank: { unsaid: "nothing of ours depends on it" },
    wrongType: "PAYLOAD_INVALID",
    watched: null,
  },
};

/** A number is the wrong type of every field: the contract says texts throughout. */
const damages: readonly [name: string, damage: (field: string) => WireRecord, isWrongType: boolean][] = [
  ["a missing key", (field) => ({ [field]: undefined }), false],
  ["null", (field) => ({ [field]: null }), false],
  ["a blank", (field) => ({ [field]: "" }), false],
  ["a wrong type", (field) => ({ [field]: 20 }), true],
];

type Damage = (typeof damages)[number];

/** Half of them is a pattern already: more than 20 %, and at least 3 people. */
const size = 6;
const fields = Object.entries(rules);

/** Every day each field is damaged in two of the ways, and each way is taken for half of the fields; the heavy tier takes all. */
const isEveryCase = process.env["TEST_TIER"] === "matrices";
const damagesOfMany = (index: number) => damages.filter((_, way) => isEveryCase || way % 2 === index % 2);

test("every field that Liantis sends has a rule here, and the fields that a guard watches are those of the table", () => {
  assert.equal(fields.length, personFieldNames.length + sentContractFields.length);
  assert.deepEqual(
    fields.flatMap(([, { watched }]) => watched ?? []).toSorted(),
    watchedFields.flatMap(({ name }) => (name === "wageContracts" ? [] : [name])).toSorted(),
  );
});

test("an unusable field overwrites nothing and is an issue", async (t) => {
  const firms = await openFirms(t);

  await t.test("for one person among others: each field of another person", async () => {
    const whole = fields.map(([field]) => employed(`een-${field.toLowerCase()}`));
    const firm = await firms.addFirm({ people: whole });
    assert.equal((await firm.sync()).verdict, "in_order");
    for (const damage of damages) await damageOneEach(firm, whole, damage);
  });

  await t.test("for half of the people, and for all people", async () => {
    await sideBySide([...fields.entries()], async ([index, [field, rule]]) => {
      const whole = Array.from({ length: size }, (_, index) => employed(`${field.toLowerCase()}-${index}`));
      const firm = await firms.addFirm({ people: whole });
      assert.equal((await firm.sync()).verdict, "in_order");
      for (const damage of damagesOfMany(index)) {
        for (const people of [size / 2, size]) {
          const one = { field, rule, damage, people };
          await assert.doesNotReject(
            damageMany(firm, whole, one),
            `${field}: ${damage[0]}, ${people} of ${size}`,
          );
        }
      }
    });
  });
});

/** A person with a known end of employment. */
function employed(name: string): WireRecord {
  return wireWorker(name, { employmentEndDate: employmentEnd });
}

const employmentEnd = "2027-03-31";

async function damageOneEach(firm: Firm, whole: WireRecord[], damage: Damage): Promise<void> {
  const before = await lookAt(firm, { runId: firm.entityId });
  firm.list(fields.map(([field, rule], index) => damaged(whole[index] ?? {}, { field, rule, damage })));
  const run = await firm.sync();
  const opened = damage[0] === "null" ? 1 : 0;
  const counts = { fetched: fields.length, updated: opened, unchanged: fields.length - opened };
  assert.deepEqual(run.counts, { ...emptyCounts(), ...counts }, damage[0]);
  const expected = fields.flatMap(([field, rule]): [string, string][] => {
    const code = issueOf({ field, rule, damage });
    return code === null ? [] : [[`w-een-${field.toLowerCase()}`, code]];
  });
  const issues = await issuesOf(firm);
  assert.deepEqual(
    issues.map((issue) => [issue.worker_id, issue.code]),
    expected.toSorted(([a], [b]) => (a < b ? -1 : 1)),
    damage[0],
  );
  if (opened > 0) {
    await assertOpened(firm, run, opened);
    await assertGoingOn(firm, opened);
  } else assert.deepEqual(await lookAt(firm, run), { ...before, changes: 0 }, damage[0]);
  await mend(firm, whole);
}

interface FieldCase {
  field: string;
  rule: FieldRule;
  damage: Damage;
}

/** The expected issue, or null where there is none. */
function issueOf({ rule, damage }: FieldCase): IssueCode | null {
  const [, , isWrongType] = damage;
  const code = isWrongType ? rule.wrongType : rule.blank;
  return typeof code === "string" ? code : null;
}

async function damageMany(
  firm: Firm,
  whole: WireRecord[],
  one: FieldCase & { people: number },
): Promise<void> {
  const { field, rule, damage, people } = one;
  const before = await lookAt(firm, { runId: firm.entityId });
  firm.list(whole.map((worker, index) => (index < people ? damaged(worker, one) : worker)));
  const run = await firm.sync();
  if (field === "endDate" && damage[0] === "null") {
    assert.deepEqual(run.counts, {
      ...emptyCounts(),
      fetched: size,
      updated: people,
      unchanged: size - people,
    });
    await assertOpened(firm, run, people);
    return await mend(firm, whole);
  }
  if (field === "employmentEndDate" && damage[0] === "null") {
    assert.deepEqual(run.counts, { ...emptyCounts(), fetched: size, unchanged: size });
    await assertGoingOn(firm, people);
    return await mend(firm, whole);
  }
  assert.deepEqual(await lookAt(firm, run), { ...before, changes: 0 });
  if (rule.watched !== null) return await assertHeld(firm, run, rule.watched);
  assert.deepEqual(run.counts, { ...emptyCounts(), fetched: size, unchanged: size });
  const code = issueOf(one);
  assert.deepEqual(
    (await issuesOf(firm)).map((issue) => issue.code),
    code === null ? [] : Array.from({ length: people }, () => code),
  );
  await mend(firm, whole);
}

function damaged(worker: WireRecord, { field, rule, damage }: FieldCase): WireRecord {
  const [, damageOf] = damage;
  if (rule.record === "person") return { ...worker, ...damageOf(field) };
  const contractId = String(worker["workerId"]).replace("w-", "c-");
  return { ...worker, wageContracts: [wireContract(contractId, damageOf(field))] };
}

async function assertHeld(firm: Firm, run: StoredRun, field: string): Promise<void> {
  assert.equal(run.verdict, "held");
  const reasons = await firm.rows<{ code: string; field: string }>(
    `select r ->> 'code' as code, r -> 'params' ->> 'field' as field
     from holds, jsonb_array_elements(reasons) r where customer_id = $1 and status = 'open'`,
  );
  assert.deepEqual(reasons, [{ code: "FIELD_EMPTIED", field }]);
}

/** A blank that is a value: that many contracts are open-ended now, and nothing else has changed. */
async function assertOpened(firm: Firm, run: StoredRun, people: number): Promise<void> {
  const changes = await firm.rows<{ kind: string; fields: unknown }>(
    "select kind, fields from changes where customer_id = $1 and run_id = $2",
    [firm.customerId, run.runId],
  );
  const opened = { kind: "update", fields: { endDate: ["2027-03-31", null] } };
  assert.deepEqual(
    changes,
    Array.from({ length: people }, () => opened),
  );
}

/** The other one: that many people have no end of employment any more, and the others keep theirs. */
async function assertGoingOn(firm: Firm, people: number): Promise<void> {
  const ends = await firm.rows<{ ends: string | null; people: number }>(
    "select employment_end::text as ends, count(*)::int as people from links where customer_id = $1 group by 1",
  );
  assert.equal(ends.find((one) => one.ends === null)?.people, people);
  assert.ok(ends.every((one) => one.ends === null || one.ends === employmentEnd));
}

/** Repaired at Liantis: in order by itself, without an open issue. */
async function mend(firm: Firm, whole: WireRecord[]): Promise<void> {
  firm.list(whole);
  assert.equal((await firm.sync()).verdict, "in_order");
  assert.deepEqual(await issuesOf(firm), []);
}
