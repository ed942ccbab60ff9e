import assert from "node:assert/strict";
import { test } from "node:test";
import { inventEnterpriseNumber, isEnterpriseNumber } from "./enterprise-number.ts";

test("only numbers with correct check digits are enterprise numbers", () => {
  for (const right of ["0403827331", "1000000021", "1011223317"]) assert.ok(isEnterpriseNumber(right), right);
  for (const wrong of ["1000000001", "2000000042", "403827331", "BE0403827331", "0403827332", ""]) {
    assert.ok(!isEnterpriseNumber(wrong), wrong);
  }
});

test("invented numbers are valid, and the same labels give the same number", () => {
  for (let label = 0; label < 500; label += 1) assert.ok(isEnterpriseNumber(inventEnterpriseNumber(label)));
  assert.equal(inventEnterpriseNumber("a", 1), inventEnterpriseNumber("a", 1));
  assert.notEqual(inventEnterpriseNumber("a", 1), inventEnterpriseNumber("a", 2));
});
