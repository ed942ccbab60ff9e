import assert from "node:assert/strict";
import { it } from "node:test";
import { groupedVatNumber, vatHint } from "./enterprise-number.ts";

it("groups what has ten digits, however it was typed, and leaves the rest alone", () => {
  for (const typed of ["BE0403827331", "be 0403.827.331", "0403 827 331", "0403827331"]) {
    assert.equal(groupedVatNumber(typed), "BE 0403.827.331");
  }
  assert.equal(groupedVatNumber("403827331"), "403827331");
});

it("hints at unusual numbers and refuses none", () => {
  assert.equal(vatHint(""), "none");
  assert.equal(vatHint("BE 0403.827.331"), "none");
  assert.equal(vatHint("1000000021"), "none");
  assert.equal(vatHint("0403827332"), "check_digits");
  assert.equal(vatHint("2000000042"), "establishment");
  assert.equal(vatHint("403827331"), "format");
  assert.equal(vatHint("NL123456789B01"), "format");
});
