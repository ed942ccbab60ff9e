import assert from "node:assert/strict";
import { test } from "node:test";
import { isRaisedTaskKind, renderTask } from "./task-catalogue.ts";
import { taskTexts } from "./task-texts.ts";
import { languages, placeholdersOf, type Texts } from "./text-template.ts";

const everyText: [string, Texts][] = Object.entries(taskTexts).flatMap(([kind, entry]) =>
  [entry.title, entry.text, ...entry.steps, ...Object.values(entry.variants ?? {})].map(
    (texts): [string, Texts] => [kind, texts],
  ),
);

test("every task is said in three languages, with the same parameters and the manners of each", () => {
  for (const [kind, texts] of everyText) {
    assert.equal(new Set(languages.map((language) => texts[language])).size, 3, kind);
    for (const language of languages)
      assert.deepEqual(placeholdersOf(texts[language]), placeholdersOf(texts.en), kind);
    assert.doesNotMatch(texts.nl, /(?<!\p{L})(u|uw|uzelf)(?!\p{L})/iu, `${kind}: informal Dutch`);
    assert.doesNotMatch(texts.fr, /(?<!\p{L}|-)(tu|ton|ta|tes|toi)(?!\p{L})/iu, `${kind}: polite French`);
    assert.doesNotMatch(texts.fr, /[^\s][?!;:]/, `${kind}: French punctuation`);
  }
});

test("a task can be read whatever is known of it, and says what to do", () => {
  for (const kind of Object.keys(taskTexts)) {
    assert.ok(isRaisedTaskKind(kind));
    for (const reason of ["", "absent", "no_contract", "employment_end", "constructor"]) {
      for (const language of languages) {
        const { title, text, steps } = renderTask(kind, { reason }, language);
        assert.ok(steps.length > 0 && title.length <= 60 && text.endsWith("."));
        assert.doesNotMatch([title, text, ...steps].join(" "), /[{}]|undefined|\s\s/);
      }
    }
  }
  assert.equal(isRaisedTaskKind("no_budget"), false, "budgets bring it");
});

test("a leaver in full: since when, and the way to deactivate them", () => {
  const params = { reason: "absent", date: "2026-11-20", employeeNumber: "17" };
  const { text, steps } = renderTask("leaver", params, "nl");
  assert.match(text, /personeelsnummer 17\) niet meer sinds 20\/11\/2026/);
  assert.match(steps.join(" "), /MyLiantis > Medewerkers.*> Deactiveren.*uitdienstberekening/);
});
