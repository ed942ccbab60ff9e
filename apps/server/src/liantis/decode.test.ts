import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { WorkerRecord } from "../domain/records/worker.ts";
import { decodeWorker } from "./decode.ts";

const wireContract = {
  contractId: "C-1",
  statute: "WHITE_COLLAR",
  wageType: "HOURLY",
  grossAmount: "20.5",
  startDate: "2024-02-29",
  endDate: null,
  weeklyHours: "30.4",
  referenceWeeklyHours: "38",
  workRegimePercentage: "80.00",
  employerSocialSecurityPercentage: "27.17",
  jointCommittee: "200",
};
const wireWorker = {
  workerId: "W-1",
  employeeNumber: " 0042 ",
  firstName: "Inès",
  lastName: " van den Broeck ",
  email: " Ines.VandenBroeck@Example.be ",
  language: "N",
  employmentStartDate: "2020-01-01",
  employmentEndDate: null,
  wageContracts: [wireContract],
  nationalRegisterNumber: "85.07.30-033.28",
  birthDate: "1985-07-30",
  gender: "F",
  maritalStatus: "married",
  nationalities: ["BE"],
  addresses: [{ street: "Canary 1" }],
  phoneNumbers: ["+32 470 00 00 00"],
  somethingNew: { nested: true },
};

function recordOf(item: unknown): WorkerRecord {
  const decoded = decodeWorker(item, 0);
  assert.equal(decoded.kind, "worker");
  return decoded.kind === "worker" ? decoded.record : assert.fail();
}

function withContract(fields: Record<string, unknown>): unknown {
  return { ...wireWorker, wageContracts: [{ ...wireContract, ...fields }] };
}

test("a worker becomes our own record, without anything else about the person", () => {
  assert.deepEqual(recordOf(wireWorker), {
    workerId: "W-1",
    employeeNumber: "0042",
    firstName: "Inès",
    lastName: "van den Broeck",
    email: "ines.vandenbroeck@example.be",
    language: "nl",
    languageUnsupported: null,
    startDate: "2020-01-01",
    employmentEndDate: null,
    contracts: [
      {
        contractId: "C-1",
        statute: "white_collar",
        wageType: "hourly",
        wageTypeUnknown: null,
        grossAmount: "20.5",
        startDate: "2024-02-29",
        endDate: null,
        weeklyHours: "30.4",
        referenceWeeklyHours: "38",
        workRegimePercentage: "80.00",
        employerSocialSecurityPercentage: "27.17",
        jointCommittee: "200",
      },
    ],
    defects: [],
  });
});

test("languages are read as the Belgian administration writes them", () => {
  const table: [unknown, string | null, string | null][] = [
    ["N", "nl", null],
    ["nl", "nl", null],
    ["1", "nl", null],
    ["F", "fr", null],
    ["FR", "fr", null],
    ["2", "fr", null],
    ["E", "en", null],
    ["EN", "en", null],
    ["D", null, "D"],
    ["3", null, "3"],
    ["  ", null, null],
    [null, null, null],
  ];
  for (const [sent, language, unsupported] of table) {
    const record = recordOf({ ...wireWorker, language: sent });
    assert.equal(record.language, language, String(sent));
    assert.equal(record.languageUnsupported, unsupported, String(sent));
  }
});

test("a missing key, null or a blank is null; a wrong form is a defect without the value", () => {
  const nothing = recordOf({ workerId: "W-1", wageContracts: [], email: "  ", firstName: null });
  assert.deepEqual(nothing.defects, []);
  assert.equal(nothing.email, null);
  const wrong = recordOf({
    ...wireWorker,
    email: 7,
    firstName: ["x"],
    lastName: "x".repeat(201),
    language: 1,
    employmentStartDate: "01/02/2020",
  });
  assert.deepEqual(
    wrong.defects.map((defect) => defect.field),
    ["firstName", "lastName", "email", "language", "startDate"],
  );
  assert.ok(wrong.defects.every((defect) => defect.contractId === null));
});

test("numbers are decimal strings of at most twelve decimals; a number is a wrong type", () => {
  for (const amount of ["0", "-1", "3500.00", "20.1234", "999999999"]) {
    assert.equal(recordOf(withContract({ grossAmount: amount })).contracts[0]?.grossAmount, amount);
  }
  for (const amount of [3500, "1,5", "1e3", "20.1234567890123", "1234567890", ".5", "+1", "EUR 5", true]) {
    const record = recordOf(withContract({ grossAmount: amount }));
    assert.equal(record.contracts[0]?.grossAmount, null);
    assert.deepEqual(record.defects, [{ field: "grossAmount", contractId: "C-1" }], String(amount));
  }
});

test("a null end date is open-ended; a missing key, a blank or a wrong type keeps what we have", () => {
  const { endDate: _gone, ...withoutEnd } = wireContract;
  assert.equal(recordOf(withContract({ endDate: null })).contracts[0]?.endDate, null);
  assert.equal(recordOf(withContract({ endDate: "2026-12-31" })).contracts[0]?.endDate, "2026-12-31");
  for (const contract of [
    withoutEnd,
    { ...wireContract, endDate: "" },
    { ...wireContract, endDate: 20261231 },
  ]) {
    const [read] = recordOf({ ...wireWorker, wageContracts: [contract] }).contracts;
    assert.ok(read !== undefined && "endDate" in read && read.endDate === undefined);
  }
});

test("a null end of employment means that there is no end; a missing key, a blank or a wrong type keeps what we have", () => {
  const { employmentEndDate: _gone, ...withoutEnd } = wireWorker;
  const ends = (item: unknown) => recordOf(item).employmentEndDate;
  assert.equal(ends(wireWorker), null);
  assert.equal(ends({ ...wireWorker, employmentEndDate: "2026-12-31" }), "2026-12-31");
  for (const employmentEndDate of ["", " ", 20261231, "31/12/2026", "0001-01-01"]) {
    assert.equal(ends({ ...wireWorker, employmentEndDate }), undefined);
  }
  assert.equal(ends(withoutEnd), undefined);
  assert.deepEqual(recordOf({ ...wireWorker, employmentEndDate: "31/12/2026" }).defects, [
    { field: "employmentEndDate", contractId: null },
  ]);
});

test("only dates that exist are dates", () => {
  for (const date of ["2024-02-29", "2000-02-29", "1999-12-31", "0203-01-01"]) {
    assert.equal(recordOf({ ...wireWorker, employmentStartDate: date }).startDate, date);
  }
  for (const date of [
    "2023-02-29",
    "1900-02-29",
    "2024-13-01",
    "2024-00-10",
    "2024-04-31",
    "0000-01-01",
    "2024-1-1",
  ]) {
    assert.equal(recordOf({ ...wireWorker, employmentStartDate: date }).startDate, null, date);
  }
});

test("unknown statutes and wage types are recorded, never guessed", () => {
  const [contract] = recordOf(withContract({ statute: "STUDENT", wageType: "DAILY" })).contracts;
  assert.equal(contract?.statute, null);
  assert.equal(contract?.wageType, null);
  assert.equal(contract?.wageTypeUnknown, "DAILY");
});

test("without an id or a list of contracts nothing of the person may be written", () => {
  const table: [unknown, string | null][] = [
    [null, null],
    ["W-1", null],
    [[wireWorker], null],
    [{ ...wireWorker, workerId: 12 }, null],
    [{ ...wireWorker, workerId: "" }, null],
    [{ ...wireWorker, workerId: " W-1" }, null],
    [{ ...wireWorker, workerId: ".." }, null],
    [{ ...wireWorker, workerId: "W\u0000" }, null],
    [{ ...wireWorker, workerId: "x".repeat(65) }, null],
    [{ ...wireWorker, wageContracts: null }, "W-1"],
    [{ ...wireWorker, wageContracts: {} }, "W-1"],
    [{ ...wireWorker, wageContracts: [null] }, "W-1"],
    [withContract({ contractId: null }), "W-1"],
  ];
  for (const [item, workerId] of table) {
    assert.deepEqual(decodeWorker(item, 3), { kind: "unreadable", workerId, index: 3 });
  }
});

test("a contract that is sent twice counts once, and a difference between the two is a defect", () => {
  const same = recordOf({ ...wireWorker, wageContracts: [wireContract, wireContract] });
  assert.equal(same.contracts.length, 1);
  assert.deepEqual(same.defects, []);
  const other = recordOf({
    ...wireWorker,
    wageContracts: [wireContract, { ...wireContract, grossAmount: "21" }],
  });
  assert.equal(other.contracts[0]?.grossAmount, "21");
  assert.deepEqual(other.defects, [{ field: "contractId", contractId: "C-1" }]);
});

test("invisible and control characters are removed from a text, and names keep their case", () => {
  const record = recordOf({ ...wireWorker, firstName: "d'\u0000Ho\u202Endt\uD800", email: "a\u200Bb@x.be" });
  assert.equal(record.firstName, "d'Hondt\uFFFD");
  assert.equal(record.email, "ab@x.be");
});

test("property: decoding any item returns a record within its limits and without foreign keys", () => {
  const anything = fc.anything({ withNullPrototype: true });
  const item = fc.record(
    {
      workerId: fc.oneof(fc.string(), anything),
      firstName: anything,
      email: fc.oneof(fc.string(), anything),
      wageContracts: fc.oneof(
        fc.array(fc.record({ contractId: fc.string(), grossAmount: anything, endDate: anything })),
        anything,
      ),
      nationalRegisterNumber: fc.constant("canary"),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(item, (sent) => {
      const decoded = decodeWorker(sent, 0);
      assert.ok(!JSON.stringify(decoded).includes("canary"));
      if (decoded.kind === "worker") assert.ok(decoded.record.workerId.length <= 64);
    }),
    { verbose: 1 },
  );
});
