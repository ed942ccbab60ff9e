import assert from "node:assert/strict";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { env } from "node:process";
import { describe, test } from "node:test";
import { callbackOutcome } from "@payflip/contract/activation.ts";
import {
  isIssueCode,
  issueCatalogue,
  type IssueCode,
  issueSeverity,
} from "../../src/domain/catalogue/issue-catalogue.ts";
import {
  isProblemCode,
  problemCatalogue,
  type ProblemCode,
} from "../../src/domain/catalogue/problem-catalogue.ts";
import { errorsDocument } from "../../src/texts/errors-document.ts";
import { renderHoldReason } from "../../src/texts/holds.ts";
import { renderIssue } from "../../src/texts/issues.ts";
import { keysBelow, languages, type MessageKey, messageKeys, messages } from "../../src/texts/messages.ts";
import { placeholdersOf } from "../../src/texts/placeholders.ts";
import { renderProblem } from "../../src/texts/problems.ts";

const source = new URL("../../src/", import.meta.url);
const issueCodes = Object.keys(issueCatalogue).filter(isIssueCode);
const problemCodes = Object.keys(problemCatalogue).filter(isProblemCode);

const catalogue = [
  ...issueCodes.map((code) => ({ code: code as string, keys: keysBelow(`issue.${code}.`) })),
  ...problemCodes.map((code) => ({ code: code as string, keys: keysBelow(`problem.${code}.`) })),
];

describe("every text of the catalogues", () => {
  for (const { code, keys } of catalogue) {
    test(`${code} has a short title without values, and whole sentences`, () => {
      const isTitle = (key: MessageKey) => key.endsWith(".title");
      for (const language of languages) {
        const text = (key: MessageKey) => messages[language][key];
        assert.ok(keys.filter(isTitle).length === 1 && keys.length >= 3);
        for (const title of keys.filter(isTitle)) {
          assert.ok(text(title).length <= 60 && !text(title).endsWith("."), title);
          assert.deepEqual(placeholdersOf(text(title), language), []);
        }
        for (const key of keys.filter((one) => !isTitle(one))) assert.match(text(key), /[.?}]$/, key);
      }
    });
  }
});

describe("reasons of a hold", () => {
  const params = { absent: "20", linked: "50", percent: "40", allowed: "10" };

  test("name their numbers in every language", () => {
    assert.equal(
      renderHoldReason("MANY_ABSENT", params, "en"),
      "20 of the 50 linked people (40 %) are suddenly missing from the list of Liantis; more than 10 is unusual.",
    );
    const emptied = {
      field: "contractStartDate",
      people: "30",
      filledBefore: "30",
      filledNow: "0",
      dropPoints: "100",
    };
    assert.match(
      renderHoldReason("FIELD_EMPTIED", emptied, "nl") ?? "",
      /startdatum van het contract\. Van 30 personen hadden er 30/,
    );
  });

  test("of another version are not made up", () => {
    assert.equal(renderHoldReason("toString", {}, "en"), null);
  });
});

describe("menus", () => {
  test("have the same name everywhere", () => {
    const menus = {
      nl: [
        /MyLiantis > (?!Medewerkers|Toegang beheren)/,
        /> Liantis > (?!Nu synchroniseren|Koppelingen|Werknemers)/,
        /Instellingen > (?!Integraties|Bedrijfsgegevens)/,
      ],
      fr: [
        /MyLiantis > (?!Collaborateurs|Gestion de l’accès)/,
        /> Liantis > (?!Synchroniser maintenant|Liens|Travailleurs)/,
        /Paramètres > (?!Intégrations|Données de l’entreprise)/,
      ],
      en: [
        /MyLiantis > (?!Employees|Manage access)/,
        /> Liantis > (?!Sync now|Links|Employees)/,
        /Settings > (?!Integrations|Company details)/,
      ],
    };
    for (const language of languages) {
      for (const menu of menus[language])
        for (const key of messageKeys) assert.doesNotMatch(messages[language][key], menu, key);
    }
  });

  test("each remedy in MyLiantis ends with Sync now", () => {
    for (const code of [
      "EMAIL_MISSING",
      "EMAIL_INVALID",
      "NAME_MISSING",
      "START_DATE_MISSING",
      "WAGE_MISSING",
    ] as const) {
      assert.match(
        renderIssue(code, {}, "en").remedy,
        /MyLiantis > Employees.*Integrations > Liantis > Sync now/,
      );
      assert.match(renderIssue(code, {}, "nl").remedy, /MyLiantis > Medewerkers.*Nu synchroniseren/);
      assert.match(renderIssue(code, {}, "fr").remedy, /MyLiantis > Collaborateurs.*Synchroniser maintenant/);
    }
  });
});

describe("texts with their parameters", () => {
  test("an issue in full", () => {
    assert.deepEqual(renderIssue("EMAIL_MISSING", { employeeNumber: "17", effect: "kept" }, "en"), {
      title: "E-mail address missing",
      cause:
        "Liantis has no e-mail address for this person (employee number 17). Payflip keeps the last known value; the other data is synced as usual.",
      remedy:
        "Open MyLiantis > Employees, choose the person and fill in the e-mail address. Then choose Integrations > Liantis > Sync now in Payflip.",
    });
  });

  test("an issue of which little is known can be read all the same", () => {
    for (const code of issueCodes) {
      const reasons = ["", "surprise", "constructor", ...Object.keys(issueCatalogue[code].reasons ?? {})];
      for (const reason of reasons) {
        for (const language of languages) {
          const { title, cause, remedy } = renderIssue(code, { reason }, language);
          assert.doesNotMatch(`${title} ${cause} ${remedy}`, /[{}]|undefined|\s\s/);
          assert.ok(cause.length > 20 && remedy.length > 20);
        }
      }
    }
  });

  test("a reason can weigh less or more than its code", () => {
    assert.equal(issueSeverity("EMPLOYER_NSSO_IMPLAUSIBLE", { reason: "too_high" }), "error");
    assert.equal(issueSeverity("EMPLOYER_NSSO_IMPLAUSIBLE", { reason: "zero" }), "warning");
    assert.equal(issueSeverity("WAGE_IMPLAUSIBLE", { reason: "monthly_low" }), "warning");
    assert.equal(issueSeverity("WAGE_IMPLAUSIBLE", { reason: "negative" }), "error");
    assert.equal(issueSeverity("REGIME_MISSING", {}), "error");
    assert.equal(issueSeverity("LANGUAGE_UNSUPPORTED", { reason: "toString" }), "notice");
  });

  test("an address that another customer uses reveals nothing", () => {
    for (const language of languages) {
      const text = Object.values(
        renderIssue("EMAIL_USED_BY_OTHER_CUSTOMER", { email: "x@y.be" }, language),
      ).join(" ");
      assert.doesNotMatch(text, /x@y\.be|klant|client|customer|account|compte|bestaat|exist/i);
    }
  });
});

describe("problems", () => {
  test("VAT_INVALID shows what was read, why it is wrong, and what was probably meant", () => {
    const params = { read: "123456789", reason: "too_short", hint: "suggestion", suggestion: "0123456789" };
    const problem = renderProblem("VAT_INVALID", params, "en");
    assert.deepEqual(problem, {
      status: 422,
      title: "Invalid VAT number",
      detail:
        "The VAT number in Company details is “123456789”. That is too short: a VAT number has 10 digits, without the prefix BE. Did you mean 0123456789?",
      remedy:
        "Correct the VAT number under Settings > Company details. Then activate again under Settings > Integrations > Liantis.",
    });
    assert.match(
      renderProblem("VAT_INVALID", { read: "2145678901", reason: "establishment_number" }, "nl").detail,
      /vestigingseenheidsnummer/,
    );
    assert.match(
      renderProblem("VAT_INVALID", { read: "9145678901", reason: "first_digit" }, "fr").detail,
      /commence par 0 ou 1/,
    );
  });

  test("COMPANY_NOT_FOUND adds the hint about check digits where it applies, and only there", () => {
    const params = { enterpriseNumber: "BE 0123.456.789" };
    assert.match(
      renderProblem("COMPANY_NOT_FOUND", { ...params, hint: "check_digits" }, "en").detail,
      /check digits do not match/,
    );
    assert.doesNotMatch(renderProblem("COMPANY_NOT_FOUND", params, "en").detail, /check digits/);
  });

  test("a main user is named by all the words that Liantis uses", () => {
    const all = languages.map((language) =>
      Object.values(renderProblem("CONSENT_NOT_MAIN_USER", {}, language)).join(" "),
    );
    assert.match(all[0] ?? "", /hoofdgebruiker.*hoofdbeheerder/);
    assert.match(all[1] ?? "", /utilisateur principal.*administrateur principal/);
    assert.match(all[2] ?? "", /main user.*main or head administrator/);
  });

  const statuses: [ProblemCode, number][] = [
    ["VAT_MISSING", 422],
    ["VAT_INVALID", 422],
    ["COMPANY_NOT_FOUND", 422],
    ["NOT_AVAILABLE", 403],
    ["NUMBER_NOT_CONFIRMED", 403],
    ["FULL_SYNC_NOT_ALLOWED", 403],
    ["ENTITY_ALREADY_CONNECTED", 409],
    ["PREVIEW_OUTDATED", 409],
    ["FIELD_LOCKED", 409],
    ["ACTION_LOCKED", 409],
    ["LIANTIS_UNAVAILABLE", 503],
    ["INTERNAL", 500],
    ["NOT_FOUND", 404],
    ["IDEMPOTENCY_KEY_REUSED", 422],
    ["RATE_LIMITED", 429],
    ["UNAUTHENTICATED", 401],
    ["FORBIDDEN", 403],
  ];
  test("have the statuses that were agreed", () => {
    for (const [code, status] of statuses)
      assert.deepEqual([code, problemCatalogue[code].status], [code, status]);
  });

  test("can be read without any parameter", () => {
    for (const code of problemCodes) {
      for (const language of languages) {
        const { title, detail, remedy } = renderProblem(code, {}, language);
        assert.doesNotMatch(`${title} ${detail} ${remedy}`, /[{}]|undefined/);
      }
    }
  });
});

test("codes are known by name", () => {
  assert.equal(isIssueCode("EMAIL_MISSING") && isProblemCode("VAT_MISSING"), true);
  assert.equal(isIssueCode("toString") || isProblemCode("constructor") || isIssueCode("VAT_MISSING"), false);
  const allCodes: IssueCode[] = issueCodes;
  assert.ok(allCodes.every((code) => /^[A-Z]+(_[A-Z0-9]+)*$/.test(code)));
});

test("every message of no code is used by its key, and every field by its name", () => {
  const files = globSync("**/*.ts", { cwd: source, exclude: (name) => name.endsWith(".test.ts") });
  const program = files.map((file) => readFileSync(new URL(file, source), "utf8")).join("\n");
  const outcomes = callbackOutcome.options.map((outcome) => `connect.done.${outcome}.`);
  const unused = messageKeys.filter((key) => {
    const [group = "", name = ""] = key.split(".");
    if (group === "field")
      return !program.includes(`"${key}"`) && !new RegExp(String.raw`\b${name}\b`).test(program);
    if (key.startsWith("connect.done.")) return !outcomes.some((beginning) => key.startsWith(beginning));
    return (
      ["connect", "lock", "wage"].includes(group) &&
      !program.includes(`"${key}"`) &&
      !program.includes(`"${name}"`)
    );
  });
  assert.deepEqual(unused, []);
});

test("docs/errors.md is up to date (UPDATE_DOCS=1 writes it)", () => {
  const file = new URL("../../../../docs/errors.md", import.meta.url);
  const document = errorsDocument();
  if (env["UPDATE_DOCS"] === "1") writeFileSync(file, document);
  assert.equal(readFileSync(file, "utf8"), document);
});
