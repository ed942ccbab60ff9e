import type { Mode } from "@payflip/contract/connection.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldLocks, isAddingLocked, type LockBasis } from "./field-locks.ts";

const states = ["available", "consent_requested", "choosing", "active", "paused", "disabled", null] as const;
const shown = { link: "https://my.example/workers/w1", language: "nl" } as const;

test("the synced fields of a linked person are locked while the connection is active or paused", () => {
  for (const connectionState of states) {
    const locked = connectionState === "active" || connectionState === "paused";
    const basis: LockBasis = {
      workerId: "w1",
      connectionState,
      mode: "selective",
      choice: "selected",
    };
    const fields = Object.keys(fieldLocks(basis, shown));
    const expected = ["firstName", "lastName", "email", "startDate", "employeeNumber", "wageContracts"];
    assert.deepEqual(fields, locked ? expected : [], String(connectionState));
    assert.deepEqual(fieldLocks({ ...basis, workerId: null }, shown), {});
  }
});

test("a lock has a reason and a link to the person in MyLiantis; the language has no lock", () => {
  const locks = fieldLocks({ workerId: "w1", connectionState: "active", mode: "full", choice: null }, shown);
  assert.equal(locks["email"]?.link, shown.link);
  assert.match(locks["email"]?.reason ?? "", /Liantis/);
  assert.equal(locks["language"], undefined);
});

test("in selective mode only selected people are locked; in full mode the choice does not count", () => {
  for (const choice of ["selected", "excluded", "waiting", "released", null] as const) {
    const basis = { workerId: "w1", connectionState: "active", choice } as const;
    const locked = (mode: Mode) => Object.keys(fieldLocks({ ...basis, mode }, shown)).length > 0;
    assert.deepEqual([locked("full"), locked("selective")], [true, choice === "selected"], String(choice));
  }
});

test("an employee cannot be added by hand in full mode only", () => {
  for (const connectionState of states) {
    const live = connectionState === "active" || connectionState === "paused";
    assert.equal(isAddingLocked({ connectionState, mode: "full" }), live);
    assert.equal(isAddingLocked({ connectionState, mode: "selective" }), false);
  }
});
