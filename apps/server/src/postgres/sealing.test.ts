import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { isSealedWithOldKey, seal, unseal } from "./sealing.ts";

const keyA = { id: "a", key: randomBytes(32) };
const keyB = { id: "b", key: randomBytes(32) };
const place = { customerId: "c-1", table: "consent_states", column: "code_verifier_sealed", rowId: "s-1" };

test("what was sealed opens in its own place only", () => {
  const ring = [keyA];
  const sealed = seal(ring, place, "verifier é");
  assert.match(sealed, /^v1\.a\.[\w-]+$/);
  assert.equal(unseal(ring, place, sealed), "verifier é");
  assert.notEqual(seal(ring, place, "verifier é"), sealed);
  for (const elsewhere of [
    { ...place, customerId: "c-2" },
    { ...place, table: "mails" },
    { ...place, column: "nonce" },
    { ...place, rowId: "s-2" },
  ]) {
    assert.throws(() => unseal(ring, elsewhere, sealed), { code: "SEAL_BROKEN" });
  }
});

test("a changed value does not open", () => {
  const ring = [keyA];
  const sealed = seal(ring, place, "secret");
  const bytes = Buffer.from(sealed.slice("v1.a.".length), "base64url");
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    assert.throws(() => unseal(ring, place, `v1.a.${changed.toString("base64url")}`), {
      code: "SEAL_BROKEN",
    });
  }
  for (const text of ["", "v1.a.", "v2.a.AAAA", "secret"]) {
    assert.throws(() => unseal(ring, place, text), { code: "SEAL_BROKEN" });
  }
});

test("an older key still opens its values, which are recognised as sealed with an old key", () => {
  const sealed = seal([keyA], place, "secret");
  const rotated = [keyB, keyA];
  assert.equal(unseal(rotated, place, sealed), "secret");
  assert.equal(isSealedWithOldKey(rotated, sealed), true);
  assert.equal(isSealedWithOldKey(rotated, seal(rotated, place, "secret")), false);
  assert.throws(() => unseal([keyB], place, sealed), { code: "SEALING_KEY_MISSING" });
});

test("without a key nothing is sealed", () => {
  assert.throws(() => seal([], place, "secret"), { code: "SEALING_KEY_MISSING" });
});
