import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { explainPerson } from "../domain/explain/explanation.ts";
import { compile } from "./compile.ts";
import { renderHoldReason } from "./holds.ts";
import { renderIssue } from "./issues.ts";
import { isMessageKey, keysBelow, languages } from "./messages.ts";
import { documentText, placeholdersOf } from "./placeholders.ts";
import { fieldName, render } from "./render.ts";

describe("values in a text", () => {
  test("several dates and fields are listed in the words of the reader", () => {
    const dates = { count: "2", startDates: "2026-11-02, 2026-12-31" };
    const fields = { field: "lastName, startDate", employeeNumber: "17" };
    const expected = {
      nl: ["02/11/2026 en 31/12/2026", "achternaam en datum in dienst"],
      fr: ["02/11/2026 et 31/12/2026", "nom de famille et date d’entrée en service"],
      en: ["02/11/2026 and 31/12/2026", "last name and start date"],
    };
    for (const language of languages) {
      const [inDates = "", inFields = ""] = expected[language];
      assert.ok(renderIssue("MULTIPLE_ACTIVE_CONTRACTS", dates, language).cause.includes(inDates));
      assert.ok(renderIssue("NAME_MISSING", fields, language).cause.includes(inFields));
    }
    assert.equal(fieldName("somethingNew", "nl"), "somethingNew");
  });

  test("a value that is missing or empty is not filled in, a number too", () => {
    const absent = { linked: "", absent: "", percent: "", allowed: "" };
    assert.match(renderHoldReason("MANY_ABSENT", absent, "nl") ?? "", /niet ingevuld/);
    assert.match(renderIssue("NAME_MISSING", { field: "" }, "fr").cause, /non renseigné/);
    assert.match(renderIssue("EMAIL_CHANGED", {}, "en").cause, /not filled in/);
  });

  test("a value is text, whatever it holds", () => {
    const email = "<b>{b} $& $1 '{' 2026-01-02x";
    assert.ok(renderIssue("EMAIL_INVALID", { email }, "en").cause.includes(`“${email}”`));
  });

  test("a calendar date is the same day in every time zone, and a year that cannot be meant is shown as sent", () => {
    const shown = (startDate: string) => renderIssue("START_DATE_INVALID", { startDate }, "en").cause;
    assert.match(shown("2101-03-31"), /31\/03\/2101/);
    assert.match(shown("0203-05-01"), /0203-05-01/);
    assert.match(shown("2026-02-30"), /2026-02-30/);
  });

  test("amounts and decimals are written as the language writes them", () => {
    const params = { hourly: "17.2345", weeklyHours: "30.4", grossMonthly: "2270.35" };
    const plain = (language: (typeof languages)[number]) =>
      render("wage.derived", params, language).replaceAll(/[\u00a0\u202f]/g, " ");
    assert.equal(plain("nl"), "€ 17,2345 per uur × 30,4 uur per week × 13 / 3 = € 2.270,35 per maand");
    assert.equal(
      plain("fr"),
      "17,2345 € de l’heure × 30,4 heures par semaine × 13 / 3 = 2 270,35 € par mois",
    );
    assert.equal(plain("en"), "€17.2345 an hour × 30.4 hours a week × 13 / 3 = €2,270.35 a month");
  });
});

describe("the reason of a hold", () => {
  test("writes numbers as the language does", () => {
    const params = { startDate: "2024-01-01", factor: "1.5" };
    assert.match(renderHoldReason("WAGE_UP", params, "nl") ?? "", /minstens 1,5 keer zo hoog/);
    assert.match(renderHoldReason("WAGE_UP", params, "fr") ?? "", /multiplié en une fois par 1,5 au moins/);
    assert.match(renderHoldReason("WAGE_UP", params, "en") ?? "", /at least 1\.5 times as high/);
  });

  test("names the contract by its start date", () => {
    const params = { startDate: "2024-01-01", factor: "3" };
    assert.deepEqual(
      (["WAGE_UP", "WAGE_DOWN"] as const).map((code) => renderHoldReason(code, params, "en")),
      [
        "The gross wage of the contract with start date 01/01/2024 becomes at least 3 times as high at once.",
        "The gross wage of the contract with start date 01/01/2024 is divided by at least 3 at once.",
      ],
    );
  });

  test("names the limits alone where the contract may not be named", () => {
    assert.equal(
      renderHoldReason("WAGE_REGIME_OVER", { allowed: "110" }, "en"),
      "The work regime of a wage contract is over 110 %.",
    );
    for (const key of keysBelow("hold.").filter((one) => one.endsWith(".limitsOnly"))) {
      const [, code = ""] = key.split(".");
      for (const language of languages)
        assert.doesNotMatch(
          renderHoldReason(code, { allowed: "110", factor: "2" }, language) ?? "",
          /niet ingevuld|non renseigné|not filled in/,
        );
    }
  });
});

test("an explanation names its dates and numbers", () => {
  const { steps } = explainPerson({
    connection: "active",
    mode: "full",
    choice: null,
    link: { workerId: "w-1", linkedOn: "2026-01-05", linkedBy: "email", absentSince: null },
    unlinked: null,
    lookedOn: "2026-11-22",
    troubleOn: "2026-11-23",
    changes: 4,
    held: [],
    rejected: [],
    issues: 0,
    nextRunOn: "2026-11-23",
  });
  const texts = steps.map(({ key, params }) => render(`explanation.${key}`, params, "nl"));
  assert.equal(
    texts[0],
    "Laatst opgehaald bij Liantis op 22/11/2026. De poging van 23/11/2026 is niet gelukt.",
  );
  assert.match(texts[2] ?? "", /05\/01\/2026 .* w-1,/);
  assert.equal(texts[3], "Op 22/11/2026 zijn 4 velden gewijzigd.");
});

test("200 issues are rendered within 5 ms", () => {
  const params = {
    email: "ines@bakkerij.be",
    employeeNumber: "17",
    otherEmployeeNumbers: "18",
    effect: "kept",
  };
  const measure = () => {
    const startMs = performance.now();
    for (let count = 0; count < 200; count += 1) renderIssue("EMAIL_DUPLICATE_IN_LIANTIS", params, "fr");
    return performance.now() - startMs;
  };
  const fastestMs = Math.min(...Array.from({ length: 20 }, measure));
  assert.ok(fastestMs <= 5, `${fastestMs} ms`);
});

test("a text is looked through for its parameters, and shown in documents without its plurals", () => {
  const text =
    "{count, plural, one {# person of {company}} other {# people of {company}}} ({share, number} %)";
  assert.deepEqual(placeholdersOf(text, "en"), [
    { name: "count", form: "plural" },
    { name: "company", form: "plain" },
    { name: "share", form: "number" },
  ]);
  assert.equal(documentText(text, "en"), "{count} people of {company} ({share} %)");
  assert.throws(() => compile("{count, plural, one {#}}", "en"), SyntaxError);
  assert.equal(isMessageKey("toString"), false);
});
