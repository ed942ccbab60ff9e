import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { employee, employeeChange, newEmployee } from "@payflip/contract/employees.ts";
import { newWageContract, wageContract } from "@payflip/contract/wage-contracts.ts";
import {
  consentTextVersion,
  personalItems,
  wageItems,
} from "../apps/server/src/connection/consent/consent-text.ts";
import {
  consentFields,
  contractFieldNames,
  contractFields,
  personFields,
  shownContractFields,
  shownPersonFields,
  storedPersonFields,
} from "../apps/server/src/domain/records/synced-fields.ts";
import { languages, messages } from "../apps/server/src/texts/messages.ts";
import { fieldName } from "../apps/server/src/texts/render.ts";
import { changeFieldTexts } from "../apps/web/src/changes/change-fields.ts";
import { personalData, wageData } from "../apps/web/src/integration/synced-data.ts";
import { readProjectFile } from "./source-tree.ts";

/** What these answers have beside the fields of the table. */
const otherOfEmployee = ["id", "entityId", "status", "linked", "invited"];
const otherOfContract = ["providerContractId", "derivation", "current", "withdrawn"];

test("the employee and the wage contract of the API have the fields of the table that are shown, and no other", () => {
  assert.deepEqual(sorted(Object.keys(employee.shape)), sorted([...shownPersonFields, ...otherOfEmployee]));
  assert.deepEqual(
    sorted(Object.keys(wageContract.shape)),
    sorted([...shownContractFields, ...otherOfContract]),
  );
});

test("every field of an employee can be entered and changed by hand", () => {
  assert.deepEqual(sorted(Object.keys(newEmployee.shape)), sorted([...storedPersonFields, "entityId"]));
  assert.deepEqual(sorted(Object.keys(employeeChange.shape)), sorted(storedPersonFields));
});

test("a wage contract that is entered by hand has fields of the table only", () => {
  const unknown = Object.keys(newWageContract.shape).filter((name) => !Object.hasOwn(contractFields, name));
  assert.deepEqual(unknown, []);
});

test("the consent screen lists what the receipt lists", () => {
  assert.deepEqual(
    Object.keys(personalData),
    consentFields("personal").map(({ item }) => item),
  );
  assert.deepEqual(
    Object.keys(wageData),
    consentFields("wage").map(({ item }) => item),
  );
});

test("every field that a run can change has a name on the screen", () => {
  const named = Object.keys(changeFieldTexts);
  const fields = [...storedPersonFields, ...contractFieldNames];
  assert.deepEqual(
    fields.filter((field) => !named.includes(field)),
    [],
  );
});

test("every field has a label of its own in every language", () => {
  for (const language of languages) {
    for (const table of [personFields, contractFields]) {
      const labels = Object.values(table).map(({ label }: { label: string }) => fieldName(label, language));
      assert.equal(new Set(labels).size, labels.length, language);
    }
  }
});

test("the version of the consent text goes up when what is agreed to is worded differently", () => {
  const agreed = languages.map((language) => {
    const screen = JSON.parse(readProjectFile(`apps/web/src/intl/messages/${language}.json`)) as Record<
      string,
      string
    >;
    const { "connect.intro": intro, "connect.dataPurpose": purpose } = messages[language];
    const ids = [...Object.values(personalData), ...Object.values(wageData)];
    return [intro, purpose, personalItems(language), wageItems(language), ...ids.map((id) => screen[id])];
  });
  const digest = createHash("sha256").update(JSON.stringify(agreed)).digest("hex").slice(0, 16);
  assert.deepEqual(
    { consentTextVersion, digest },
    { consentTextVersion: "2026-11-4", digest: "b0a358ba95988596" },
    "what is agreed to is worded differently: raise consentTextVersion, and write both values here",
  );
});

function sorted(names: readonly string[]): string[] {
  return names.toSorted();
}
