import assert from "node:assert/strict";
import { it } from "node:test";
import { stepOf, viewOf } from "./steps.ts";

it("shows the step of the connection, whatever the address asks for", () => {
  assert.deepEqual(viewOf("unavailable", "review"), { kind: "unavailable" });
  assert.deepEqual(viewOf("available", undefined), { kind: "company" });
  assert.deepEqual(viewOf("available", "review"), { kind: "company" });
  assert.deepEqual(viewOf("available", "consent"), { kind: "consent" });
  assert.deepEqual(viewOf("consent_requested", undefined), { kind: "waiting" });
  assert.deepEqual(viewOf("choosing", "consent"), { kind: "mode" });
  assert.deepEqual(viewOf("choosing", "picker"), { kind: "picker" });
  assert.deepEqual(viewOf("choosing", "review"), { kind: "review" });
  assert.deepEqual(viewOf("active", "consent"), { kind: "sync" });
});

it("counts a paused or disabled connection as one that needs its consent again", () => {
  assert.equal(stepOf(viewOf("paused", undefined)), "company");
  assert.equal(stepOf(viewOf("disabled", "consent")), "consent");
});
