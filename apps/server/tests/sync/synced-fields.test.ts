import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { recordOfText, recordText } from "../../src/domain/records/record-text.ts";
import { contractFields, personFields } from "../../src/domain/records/synced-fields.ts";
import { decodeWorker } from "../../src/liantis/decode.ts";
import { columnName } from "../../src/postgres/field-columns.ts";
import type { WireRecord } from "../matrices/contract-liantis.ts";
import { type Firm, openFirms, wireContract, wireWorker } from "../matrices/firms.ts";
import { keyOf, openHttpServer } from "../support/http-server.ts";

/** A value as Liantis sends it, and in our words. */
interface Value {
  sent: string;
  ours: string;
}

const same = (text: string): Value => ({ sent: text, ours: text });

/** By kind of field; what Liantis sends first, and what it sends the next day. */
const valuesOfKind: Record<string, [first: Value, next: Value]> = {
  text: [same("Eerste waarde"), same("Volgende waarde")],
  date: [same("2024-05-01"), same("2024-06-01")],
  decimal: [same("20.5"), same("21.5")],
  language: [
    { sent: "F", ours: "fr" },
    { sent: "E", ours: "en" },
  ],
  statute: [
    { sent: "WHITE_COLLAR", ours: "white_collar" },
    { sent: "BLUE_COLLAR", ours: "blue_collar" },
  ],
  wage_type: [
    { sent: "HOURLY", ours: "hourly" },
    { sent: "MONTHLY", ours: "monthly" },
  ],
};

/** Where any value of the kind will not do. */
const valuesOfField: Record<string, [first: Value, next: Value]> = {
  email: [same("eerste@firma.example"), same("volgende@firma.example")],
  employmentEndDate: [same("2027-04-30"), same("2027-05-31")],
  endDate: [same("2027-04-30"), same("2027-05-31")],
  workRegimePercentage: [same("80"), same("81")],
};

/** Liantis calls these differently. */
const wireNames: Record<string, string> = { startDate: "employmentStartDate" };

/** The guard of wages holds such a change. */
const heldChanges = ["wageType"];

/** A contract in which the field can change without another wage. */
const contractAround: Record<string, WireRecord> = {
  statute: { wageType: "MONTHLY", grossAmount: "3000.00" },
};

interface FieldCase {
  name: string;
  column: string;
  isShown: boolean;
  first: Value;
  next: Value;
}

function casesOf(fields: readonly { name: string; kind: string; isShown: boolean }[]): FieldCase[] {
  return fields.map(({ name, kind, isShown }) => {
    const [first, next] = valuesOfField[name] ?? valuesOfKind[kind] ?? [];
    assert.ok(first !== undefined && next !== undefined, `${name} has no sample value: add one for ${kind}`);
    return { name, column: columnName(name), isShown, first, next };
  });
}

const ofPerson = Object.values(personFields);
const stored = casesOf(ofPerson.filter(({ written }) => written !== "never"));
const createdOnly = ofPerson.filter(({ written }) => written === "at_creation");
const ofContract = casesOf(Object.values(contractFields).filter(({ origin }) => origin === "sent"));

function sentPerson(which: "first" | "next", fields: readonly FieldCase[]): WireRecord {
  return Object.fromEntries(fields.map((field) => [wireNames[field.name] ?? field.name, field[which].sent]));
}

function sentContract(which: "first" | "next", fields: readonly FieldCase[]): WireRecord {
  return Object.fromEntries(fields.map((field) => [field.name, field[which].sent]));
}

function ours(which: "first" | "next", fields: readonly FieldCase[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field.name, field[which].ours]));
}

/** Values of an answer or a record by field, numbers without the zeros at their end. */
function pick(
  values: Readonly<Record<string, unknown>>,
  fields: readonly FieldCase[],
): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ name }) => [name, typeof values[name] === "string" ? plain(values[name]) : values[name]]),
  );
}

const plain = (text: string) => (/^\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, "") : text);

test("every field of the table is decoded, and staged as it was decoded", () => {
  const fields = casesOf(ofPerson);
  const contract = wireContract("c-1", sentContract("first", ofContract));
  const item = wireWorker("een", { ...sentPerson("first", fields), wageContracts: [contract] });
  const decoded = decodeWorker(item, 0);
  assert.equal(decoded.kind, "worker");
  assert.deepEqual(decoded.record.defects, []);
  const record = recordOfText(recordText(decoded.record));
  assert.deepEqual(record, decoded.record);
  assert.deepEqual(pick({ ...record }, fields), ours("first", fields));
  assert.deepEqual(pick({ ...record.contracts[0] }, ofContract), ours("first", ofContract));
});

test("every field of the table arrives in the tables and in the answers of the API", async (t) => {
  const { firm, read } = await openFirm(t);
  const contract = wireContract("c-een", sentContract("first", ofContract));
  firm.list([wireWorker("een", { ...sentPerson("first", stored), wageContracts: [contract] })]);
  await firm.sync();
  const { employee, person, wage, answered } = await read("een");
  assert.deepEqual(pick(employee, stored), ours("first", stored));
  assert.deepEqual(pick(person, shown(stored)), ours("first", shown(stored)));
  assert.deepEqual(pick(wage, ofContract), ours("first", ofContract));
  assert.deepEqual(pick(answered, shown(ofContract)), ours("first", shown(ofContract)));
  const provenance = person["provenance"] as Record<string, { source: string }>;
  for (const { name } of shown(stored)) assert.equal(provenance[name]?.source, "liantis", name);
});

test("a change of any field of the table is written, recorded and answered", async (t) => {
  const { firm, read } = await openFirm(t);
  const people = [...stored, ...ofContract].map((field) => ({ field, name: nameOf(field) }));
  const contractOf = (field: FieldCase, name: string, sent: WireRecord) => [
    wireContract(`c-${name}`, { ...contractAround[field.name], ...sent }),
  ];
  firm.list(
    people.map(({ field, name }) => wireWorker(name, { wageContracts: contractOf(field, name, {}) })),
  );
  await firm.sync();
  const before = new Map<string, Reading>();
  for (const { name } of people) before.set(name, await read(name));
  firm.list(
    people.map(({ field, name }) =>
      stored.includes(field)
        ? wireWorker(name, sentPerson("next", [field]))
        : wireWorker(name, { wageContracts: contractOf(field, name, sentContract("next", [field])) }),
    ),
  );
  const run = await firm.sync();
  for (const { field, name } of people) {
    const [was, is] = [before.get(name), await read(name)];
    assert.ok(was !== undefined);
    const [rows, row, answer] = stored.includes(field)
      ? [was.employee, is.employee, is.person]
      : [was.wage, is.wage, is.answered];
    const expected = isKept(field) ? pick(rows, [field]) : ours("next", [field]);
    assert.deepEqual(pick(row, [field]), expected, name);
    if (field.isShown) assert.deepEqual(pick(answer, [field]), expected, name);
    const changes = await firm.rows<{ field: string }>(
      "select json_object_keys(fields) as field from changes where customer_id = $1 and run_id = $2 and worker_id = $3",
      [firm.customerId, run.runId, `w-${name}`],
    );
    assert.equal(
      changes.some((one) => one.field === field.name),
      !isKept(field),
      name,
    );
  }
});

/** Written at creation only, or kept back by the guard of wages. */
function isKept({ name }: FieldCase): boolean {
  return heldChanges.includes(name) || createdOnly.some((field) => field.name === name);
}

function nameOf(field: FieldCase): string {
  return `${stored.includes(field) ? "person" : "contract"}-${field.name.toLowerCase()}`;
}

const shown = (fields: readonly FieldCase[]) => fields.filter((field) => field.isShown);

/** What is stored of a person, and what the API answers. */
interface Reading {
  employee: Record<string, unknown>;
  person: Record<string, unknown>;
  wage: Record<string, unknown>;
  answered: Record<string, unknown>;
}

async function openFirm(t: TestContext): Promise<{ firm: Firm; read: (name: string) => Promise<Reading> }> {
  const firms = await openFirms(t);
  const firm = await firms.addFirm();
  const http = await openHttpServer(t, { database: firms.database });
  const headers = await keyOf(http, { customerId: firm.customerId, role: "admin", wages: true });
  const get = async (path: string) => {
    const answer = await http.app.inject({ method: "GET", url: `/api/v1${path}`, headers });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json();
  };
  const rowOf = async (
    table: "employees" | "wage_contracts",
    fields: readonly FieldCase[],
    employeeId: string,
  ) => {
    const columns = fields.map(({ name, column }) => `${column}::text as "${name}"`).join(", ");
    const [row] = await firm.rows<Record<string, unknown>>(
      `select ${columns} from ${table} where employee_id = $1`,
      [employeeId],
    );
    assert.ok(row);
    return row;
  };
  return {
    firm,
    read: async (name) => {
      const [link] = await firm.rows<{ id: string }>(
        "select employee_id as id from links where customer_id = $1 and worker_id = $2",
        [firm.customerId, `w-${name}`],
      );
      assert.ok(link, `${name} is linked`);
      return {
        employee: await rowOf("employees", stored, link.id),
        person: await get(`/employees/${link.id}`),
        wage: await rowOf("wage_contracts", ofContract, link.id),
        answered: (await get(`/employees/${link.id}/wage-contracts`)).items[0],
      };
    },
  };
}
