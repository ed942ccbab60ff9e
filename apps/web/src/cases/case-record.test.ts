import assert from "node:assert/strict";
import { it } from "node:test";
import type { CaseRecord } from "@payflip/contract/cases.ts";
import { differingFields } from "./case-record.ts";

it("marks fields that differ, not fields that are missing or differ in capitals", () => {
  const record: CaseRecord = {
    entityId: "",
    entityName: "",
    firstName: "Jan",
    lastName: "Peeters",
    email: "jan@x.be",
    employeeNumber: "12",
    startDate: "2020-01-01",
  };
  const other = { ...record, firstName: "JAN ", email: null, employeeNumber: "31", startDate: "2026-02-01" };
  assert.deepEqual(differingFields(record, other), ["employeeNumber", "startDate"]);
});
