import assert from "node:assert/strict";
import test from "node:test";
import { passwordFault } from "./password-policy.ts";

const email = "an.peeters.mertens@brouwerij.example";

test("a password has at least twelve characters, is not the address and not one character repeated", () => {
  const expected: [string, ReturnType<typeof passwordFault>][] = [
    ["paard batterij nietje", null],
    ["elf tekens.", "too_short"],
    ["😀😀😀😀😀😀", "too_short"],
    ["twaalf teken", null],
    ["An.Peeters.Mertens@brouwerij.example", "is_address"],
    ["an.peeters.mertens1!", "is_address"],
    ["aaaaaaaaaaaaaaaa", "too_simple"],
    ["121212121212", "too_simple"],
    ["x".repeat(201), "too_long"],
    ["", "too_short"],
  ];
  for (const [password, fault] of expected) assert.equal(passwordFault(password, email), fault, password);
});

test("a composed character counts once", () => {
  // Eleven letters: the combining accents would make seventeen.
  assert.equal(passwordFault("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301abcdf", email), "too_short");
});
