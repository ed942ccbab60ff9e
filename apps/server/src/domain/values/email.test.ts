import assert from "node:assert/strict";
import { test } from "node:test";
import { emailDomain, isEmail, isWithinDomain, normaliseEmail } from "./email.ts";

const usable = [
  "ines@bakkerij.be",
  "i@b.be",
  "ines.de-smedt+flex@mail.bakkerij.be",
  "o'hara@bakkerij.be",
  "inès@bakkerij.be",
  "ines@bäckerei.be",
  "ines@xn--bckerei-5wa.be",
  `${"a".repeat(64)}@bakkerij.be`,
];
const unusable = [
  "",
  "ines",
  "ines@",
  "@bakkerij.be",
  "ines@bakkerij",
  "ines@@bakkerij.be",
  "ines@bakkerij@be.be",
  "ines @bakkerij.be",
  "ines@bak kerij.be",
  "ines@bakkerij.be.",
  "ines@.bakkerij.be",
  "ines@bakkerij..be",
  "ines@-bakkerij.be",
  "ines@bakkerij-.be",
  ".ines@bakkerij.be",
  "ines.@bakkerij.be",
  "ines..de@bakkerij.be",
  "ines\u0000@bakkerij.be",
  "ines\u200B@bakkerij.be",
  "ines\n@bakkerij.be",
  "ines@bakkerij.be\nbcc: a@b.be",
  "Inès <ines@bakkerij.be>",
  "ines@bakkerij.be,an@bakkerij.be",
  "ines@bakkerij.be;an@bakkerij.be",
  "mailto:ines@bakkerij.be",
  `${"a".repeat(65)}@bakkerij.be`,
  `${"a".repeat(60)}@${`${"b".repeat(60)}.`.repeat(4)}be`,
];

for (const email of usable) {
  test(`${email} can be written to`, () => assert.equal(isEmail(email), true));
}
for (const email of unusable) {
  test(`${JSON.stringify(email)} cannot`, () => assert.equal(isEmail(email), false));
}

test("an accent is the same on its letter and behind it", () => {
  assert.equal(normaliseEmail("zo\u00EB@bakkerij.be"), normaliseEmail("ZOE\u0308@bakkerij.be"));
});

test("addresses are compared trimmed and in lower case, with their dots and plus signs", () => {
  assert.equal(normaliseEmail("  Ines.De+x@Bakkerij.BE "), "ines.de+x@bakkerij.be");
});

test("an address belongs to its domain and to the ones above it", () => {
  assert.equal(emailDomain("ines@mail.bakkerij.be"), "mail.bakkerij.be");
  assert.equal(isWithinDomain("ines@bakkerij.be", "Bakkerij.be"), true);
  assert.equal(isWithinDomain("ines@bakkerij.be", "@bakkerij.be"), true);
  assert.equal(isWithinDomain("ines@mail.bakkerij.be", "bakkerij.be"), true);
  assert.equal(isWithinDomain("ines@nietbakkerij.be", "bakkerij.be"), false);
  assert.equal(isWithinDomain("ines@bakkerij.be.evil.com", "bakkerij.be"), false);
});
