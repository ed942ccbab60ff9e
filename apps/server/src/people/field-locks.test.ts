import assert from "node:assert/strict";
import { test } from "node:test";
import { areNewcomersLocked, fieldLocks, type LiantisStanding } from "./field-locks.ts";

const states = ["available", "consent_requested", "choosing", "active", "paused", "disabled", null] as const;
const shown = { link: "https://my.example/workers/w1", language: "nl" } as const;

test("the synchronised fields of a linked person are locked while the connection lives", () => {
  for (const connectionState of states) {
    const locked = connectionState === "active" || connectionState === "paused";
    const standing: LiantisStanding = {
      workerId: "w1",
      connectionState,
      mode: "selective",
      choice: "selected",
    };
    const fields = Object.keys(fieldLocks(standing, shown));
    const expected = ["firstName", "lastName", "email", "startDate", "employeeNumber", "wageContracts"];
    assert.deepEqual(fields, locked ? expected : [], String(connectionState));
    assert.deepEqual(fieldLocks({ ...standing, workerId: null }, shown), {});
  }
});

test("a lock says why and leads to the person in MyLiantis; language has none", () => {
  const locks = fieldLocks({ workerId: "w1", connectionState: "active", mode: "full", choice: null }, shown);
  assert.equal(locks["email"]?.link, shown.link);
  assert.match(locks["email"]?.reason ?? "", /Liantis/);
  assert.equal(locks["language"], undefined);
});

test("in selective mode only those who are selected are locked; in full mode the choice says nothing", () => {
  for (const choice of ["selected", "excluded", "waiting", "released", null] as const) {
    const standing = { workerId: "w1", connectionState: "active", choice } as const;
    const locked = (mode: "full" | "selective") =>
      Object.keys(fieldLocks({ ...standing, mode }, shown)).length > 0;
    assert.deepEqual([locked("full"), locked("selective")], [true, choice === "selected"], String(choice));
  }
});

test("nobody is added by hand in full mode alone", () => {
  for (const connectionState of states) {
    const live = connectionState === "active" || connectionState === "paused";
    assert.equal(areNewcomersLocked({ connectionState, mode: "full" }), live);
    assert.equal(areNewcomersLocked({ connectionState, mode: "selective" }), false);
  }
});
