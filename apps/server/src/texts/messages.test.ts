import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { effects } from "../domain/catalogue/effect.ts";
import { explanationCatalogue } from "../domain/catalogue/explanation-catalogue.ts";
import { holdCatalogue } from "../domain/catalogue/hold-catalogue.ts";
import { issueCatalogue } from "../domain/catalogue/issue-catalogue.ts";
import { mailCatalogue } from "../domain/catalogue/mail-catalogue.ts";
import type { ParamKind } from "../domain/catalogue/param-kinds.ts";
import { problemCatalogue } from "../domain/catalogue/problem-catalogue.ts";
import { taskCatalogue } from "../domain/catalogue/task-catalogue.ts";
import { notUndoneReasons } from "../domain/undo/undo-types.ts";
import { paramsOfMessage } from "./message-params.ts";
import { languages, type MessageKey, messageKeys, messages } from "./messages.ts";
import { type Placeholder, placeholdersOf } from "./placeholders.ts";

/** Messages that are the same in two languages. */
const sameInTwoLanguages: readonly MessageKey[] = [];

/** How a text may take a parameter of a kind. */
const formsOfKind: Record<ParamKind, Placeholder["form"][]> = {
  text: ["plain"],
  date: ["plain"],
  dates: ["plain"],
  fields: ["plain"],
  effect: ["plain"],
  number: ["number", "plural"],
  money: ["number"],
};

for (const language of languages) {
  describe(`the messages in ${language}`, () => {
    const texts = Object.entries(messages[language]);

    test("have the keys of the other languages, in the same order", () => {
      assert.deepEqual(
        texts.map(([key]) => key),
        messageKeys,
      );
    });

    test("are in ICU message format, and name what the catalogue declares in the form of its kind", () => {
      for (const key of messageKeys) {
        const declared = paramsOfMessage(key);
        for (const { name, form } of placeholdersOf(messages[language][key], language)) {
          const kind = Object.hasOwn(declared, name) ? declared[name] : undefined;
          assert.ok(kind !== undefined, `${key} names {${name}}, which the catalogue does not declare`);
          assert.ok(formsOfKind[kind].includes(form), `${key} takes {${name}}, a ${kind}, as ${form}`);
        }
      }
    });

    test("name the same things as those in English", () => {
      const names = (text: string) =>
        [...new Set(placeholdersOf(text, language).map((one) => one.name))].toSorted();
      for (const key of messageKeys)
        assert.deepEqual(names(messages[language][key]), names(messages.en[key]), key);
    });

    test("are neatly written", () => {
      for (const [key, text] of texts) {
        assert.match(text, /\S/, key);
        assert.doesNotMatch(text, /^\s|\s$|\s\s| \.| ,/, `${key}: blanks`);
        assert.doesNotMatch(text, /'/, `${key}: an apostrophe is ’`);
      }
    });
  });
}

test("a message differs between the languages", () => {
  const same = messageKeys.filter(
    (key) => new Set(languages.map((language) => messages[language][key])).size < languages.length,
  );
  assert.deepEqual(same, sameInTwoLanguages);
});

test("Dutch addresses the reader as je, French as vous and with its own punctuation", () => {
  for (const key of messageKeys) {
    assert.doesNotMatch(messages.nl[key], /(?<!\p{L})(u|uw|uzelf)(?!\p{L})/iu, key);
    assert.doesNotMatch(messages.fr[key], /(?<!\p{L}|-)(tu|ton|ta|tes|toi)(?!\p{L})/iu, key);
    assert.doesNotMatch(messages.fr[key], / [?!;:»]|« /, `${key}: a blank that does not break`);
    // In addresses and headers two-part punctuation has no blank before it.
    assert.doesNotMatch(messages.fr[key].replaceAll("Authorization:", ""), /[^\s][?!;:]/, key);
  }
});

describe("the catalogue and the messages", () => {
  test("every parameter that a code declares is in one of its texts", () => {
    const unused = codes.flatMap(({ group, code, params }) => {
      const keys = messageKeys.filter(
        (key) => key.startsWith(`${group}.${code}.`) || key === `${group}.${code}`,
      );
      const named = new Set(
        keys.flatMap((key) => placeholdersOf(messages.en[key], "en").map((one) => one.name)),
      );
      return params.filter((name) => !named.has(name)).map((name) => `${group}.${code}: ${name}`);
    });
    assert.deepEqual(unused, []);
  });

  test("every message belongs to a code, and to one of its reasons or hints", () => {
    const unknown = messageKeys.filter((key) => {
      const [group = "", code = "", part = "", last] = key.split(".");
      const known = codes.find((one) => one.group === group && one.code === code);
      if (known === undefined) return groups.has(group);
      return last === undefined ? !known.parts.test(part) : !known.reasons.includes(part);
    });
    assert.deepEqual(unknown, []);
  });

  test("every reason and hint of a code has a text or a severity of its own", () => {
    const empty = codes.flatMap(({ group, code, reasons }) =>
      reasons.filter((reason) => !messageKeys.some((key) => key.startsWith(`${group}.${code}.${reason}.`))),
    );
    assert.deepEqual(empty, []);
  });
});

interface Code {
  group: string;
  code: string;
  params: string[];
  /** The last part of a key where it has no reason. */
  parts: RegExp;
  reasons: string[];
}

const codes: Code[] = [
  ...Object.entries(issueCatalogue).map(([code, { params, reasons = {} }]) => ({
    group: "issue",
    code,
    params: [
      ...Object.keys(params),
      ...Object.values(reasons).flatMap((reason) => Object.keys(reason.params ?? {})),
    ],
    parts: /^(?:title|cause|remedy)$/,
    reasons: Object.keys(reasons),
  })),
  ...Object.entries(problemCatalogue).map(([code, { params, reasons = [], hints = {} }]) => ({
    group: "problem",
    code,
    params: [...Object.keys(params), ...Object.values(hints).flatMap((own) => Object.keys(own))],
    parts: /^(?:title|detail|remedy)$/,
    reasons: [...reasons, ...Object.keys(hints)],
  })),
  ...Object.entries(taskCatalogue).map(([code, { params, reasons = [] }]) => ({
    group: "task",
    code,
    params: Object.keys(params),
    parts: /^(?:title|text|step\d)$/,
    reasons: [...reasons],
  })),
  ...Object.entries(mailCatalogue).map(([code, params]) => ({
    group: "mail",
    code,
    params: Object.keys(params),
    parts: /^(?:subject|paragraph\d|button|closing)$/,
    reasons: [],
  })),
  ...Object.entries(holdCatalogue).map(([code, params]) => ({
    group: "hold",
    code,
    params: Object.keys(params),
    parts: /^(?:limitsOnly)?$/,
    reasons: [],
  })),
  ...Object.entries(explanationCatalogue).map(([code, params]) => plainCode("explanation", code, params)),
  ...notUndoneReasons.map((code) => plainCode("undo", code)),
  ...effects.map((code) => plainCode("effect", code)),
];
const groups = new Set(codes.map((one) => one.group));

function plainCode(group: string, code: string, params: object = {}): Code {
  return { group, code, params: Object.keys(params), parts: /^$/, reasons: [] };
}
