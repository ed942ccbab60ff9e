import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { enteredName } from "./entered-name.ts";

test("a name keeps its words and loses what is no name", () => {
  const names = {
    "Fietsen De Vos NV": "Fietsen De Vos NV",
    "Établissements Périlleux & Fils": "Établissements Périlleux & Fils",
    "Pay now https://evil.example/x please": "Pay now please",
    "www.evil.example": "",
    "evil.example/login": "evil. example/login",
    "Mail me@evil.example": "Mail",
    "One\r\nBcc: two": "One Bcc: two",
    "“Payflip”: your account «ends»": '"Payflip": your account "ends"',
    "\u202egnol\u0000": "gnol",
  };
  for (const [entered, shown] of Object.entries(names)) assert.equal(enteredName(entered), shown);
});

test("a name is one short line without a link, whatever was entered", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (entered) => {
      const shown = enteredName(entered);
      assert.ok(Array.from(shown).length <= 60);
      assert.doesNotMatch(shown, /[\r\n“”«»]|:\/\/|\.\p{L}/u);
    }),
  );
});
