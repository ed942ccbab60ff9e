import type { Language } from "@payflip/contract/page.ts";
import { type ConsentField, consentFields } from "../../domain/records/synced-fields.ts";
import { render } from "../../texts/render.ts";

const personal = consentFields("personal");
const wage = consentFields("wage");

/** What the consent covers, as the receipt keeps it: the two categories of the integration, item by item. */
export const dataCategories: readonly string[] = [...personal, ...wage].map(({ item }) => item);

/** The personal data that the consent covers, as the connect page lists it. */
export const personalItems = (language: Language) => listed(personal, language);

/** The wage data that the consent covers. */
export const wageItems = (language: Language) => listed(wage, language);

/** Goes up whenever what is agreed to is worded differently on the connect page or the consent screen; a test says when. */
export const consentTextVersion = "2026-11-4";

function listed(fields: readonly ConsentField[], language: Language): string {
  return fields.map(({ label }) => render(`field.${label}`, {}, language)).join(", ");
}
