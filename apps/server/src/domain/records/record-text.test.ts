import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { contentOfRecord, recordOfText, recordText } from "./record-text.ts";
import { personFieldNames, sentContractFields } from "./synced-fields.ts";
import type { WorkerContract, WorkerRecord } from "./worker.ts";

const text = fc.string({ unit: "grapheme" });
const plain = { noNullPrototype: true };
const optional = fc.option(text);
const optionalTexts = <Field extends string>(fields: readonly Field[]) =>
  Object.fromEntries(fields.map((field) => [field, optional])) as Record<Field, typeof optional>;

const contract: fc.Arbitrary<WorkerContract> = fc.record(
  {
    contractId: text,
    ...optionalTexts(sentContractFields),
    statute: fc.constantFrom("white_collar", "blue_collar", null),
    wageType: fc.constantFrom("hourly", "monthly", null),
    wageTypeUnknown: optional,
    endDate: fc.constantFrom("2026-12-31", null, undefined),
  },
  plain,
);

const worker: fc.Arbitrary<WorkerRecord> = fc.record(
  {
    workerId: text,
    ...optionalTexts(personFieldNames),
    language: fc.constantFrom("nl", "fr", "en", null),
    languageUnsupported: optional,
    employmentEndDate: fc.constantFrom("2026-12-31", null, undefined),
    contracts: fc.array(contract),
    defects: fc.array(fc.record({ field: text, contractId: optional }, plain)),
  },
  plain,
);

test("a record read from its text equals the original, also with an end date that was not usable", () => {
  fc.assert(
    fc.property(worker, (record) => {
      assert.deepEqual(recordOfText(recordText(record)), record);
    }),
  );
});

test("two records have the same content exactly when they are equal", () => {
  fc.assert(
    fc.property(worker, worker, (one, other) => {
      const same = contentOfRecord(one) === contentOfRecord(other);
      assert.equal(same, JSON.stringify(one) === JSON.stringify(other) && sameEnds(one, other));
    }),
  );
});

/** `JSON.stringify` leaves an undefined end out; null it keeps. */
function sameEnds(one: WorkerRecord, other: WorkerRecord): boolean {
  if (one.employmentEndDate !== other.employmentEndDate) return false;
  return one.contracts.every((each, index) => each.endDate === other.contracts[index]?.endDate);
}
