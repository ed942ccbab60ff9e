import assert from "node:assert/strict";
import { test } from "node:test";
import { hashPassword, verifyPassword } from "./password.ts";

test("a password matches only its own hash", async () => {
  const stored = await hashPassword("paard-batterij-nietje");
  assert.match(stored, /^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  assert.equal(await verifyPassword("paard-batterij-nietje", stored), true);
  assert.equal(await verifyPassword("paard-batterij-niet", stored), false);
  assert.notEqual(await hashPassword("paard-batterij-nietje"), stored, "every hash has its own salt");
});

test("no password matches where there is no hash or an unreadable one", async () => {
  assert.equal(await verifyPassword("", null), false);
  for (const stored of ["", "plain", "scrypt$32768$8$3$AAAA$AAAA", "scrypt$x$8$3$AAAA$AAAA"]) {
    assert.equal(await verifyPassword("anything", stored), false);
  }
});

test("a password matches however its characters are composed", async () => {
  const stored = await hashPassword("Zoe\u0308");
  assert.equal(await verifyPassword("Zo\u00eb", stored), true);
});
