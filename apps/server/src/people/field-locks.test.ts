import assert from "node:assert/strict";
import { test } from "node:test";
import { areNewcomersLocked, fieldLocks, type LiantisStanding } from "./field-locks.ts";

const states = ["available", "consent_requested", "choosing", "active", "paused", "disabled", null] as const;
const shown = { link: "https://my.example/workers/w1", language: "nl" } as const;

test("the synchronised fields of a linked person are locked while the connection lives", () => {
  for (const connectionState of states) {
    const locked = connectionState === "active" || connectionState === "paused";
    const standing: LiantisStanding = { workerId: "w1", connectionState, mode: "selective" };
    const fields = Object.keys(fieldLocks(standing, shown));
    const expected = ["firstName", "lastName", "email", "startDate", "employeeNumber", "wageContracts"];
    assert.deepEqual(fields, locked ? expected : [], String(connectionState));
    assert.deepEqual(fieldLocks({ ...standing, workerId: null }, shown), {});
  }
});

test("a lock says why and leads to the person in MyLiantis; language has none", () => {
  const locks = fieldLocks({ workerId: "w1", connectionState: "active", mode: "full" }, shown);
  assert.equal(locks["email"]?.link, shown.link);
  assert.match(locks["email"]?.reason ?? "", /Liantis/);
  assert.equal(locks["language"], undefined);
});

test("nobody is added by hand in full mode alone", () => {
  for (const connectionState of states) {
    const live = connectionState === "active" || connectionState === "paused";
    assert.equal(areNewcomersLocked({ connectionState, mode: "full" }), live);
    assert.equal(areNewcomersLocked({ connectionState, mode: "selective" }), false);
  }
});
