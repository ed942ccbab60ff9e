import assert from "node:assert/strict";
import { test } from "node:test";
import { isRaisedTaskKind, taskCatalogue } from "../domain/catalogue/task-catalogue.ts";
import { languages } from "./messages.ts";
import { renderTask } from "./tasks.ts";

test("a task can be read whatever is known of it, and says what to do", () => {
  for (const kind of Object.keys(taskCatalogue)) {
    assert.ok(isRaisedTaskKind(kind));
    for (const reason of ["", "absent", "no_contract", "employment_end", "constructor"]) {
      for (const language of languages) {
        const { title, text, steps } = renderTask(kind, { reason }, language);
        assert.ok(steps.length > 0 && title.length <= 60 && text.endsWith("."));
        assert.doesNotMatch([title, text, ...steps].join(" "), /[{}]|undefined|NaN|\s\s/);
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
