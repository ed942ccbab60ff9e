import assert from "node:assert/strict";
import test from "node:test";
import { addressOf } from "./address.ts";

test("an address has its parameters in the path, encoded", () => {
  const address = addressOf("/entities/:id/liantis/workers/:workerId/check", {
    id: "e-1",
    workerId: "w/1 é",
  });
  assert.equal(address, "/api/v1/entities/e-1/liantis/workers/w%2F1%20%C3%A9/check");
});

test("an address without one of its parameters is refused", () => {
  assert.throws(() => addressOf("/employees/:id", {}), /needs id/);
  assert.throws(() => addressOf("/employees/:id", { id: "" }), /needs id/);
});

test("a query leaves out what has no value", () => {
  assert.equal(
    addressOf("/employees", {}, { q: "", status: undefined, limit: 50, cursor: "a=&b" }),
    "/api/v1/employees?limit=50&cursor=a%3D%26b",
  );
  assert.equal(addressOf("/employees", {}, { q: "" }), "/api/v1/employees");
});
