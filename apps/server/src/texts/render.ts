import type { Language } from "@payflip/contract/page.ts";
import type IntlMessageFormat from "intl-messageformat";
import { effects } from "../domain/catalogue/effect.ts";
import type { ParamKind } from "../domain/catalogue/param-kinds.ts";
import { isCalendarDate } from "../domain/values/calendar-date.ts";
import { compile, locales } from "./compile.ts";
import { paramsOfMessage } from "./message-params.ts";
import { isMessageKey, type MessageKey, messages } from "./messages.ts";

export type Params = Readonly<Record<string, string>>;

/**
 * A text of the server in the language of the reader. Values are strings and are shown as the catalogue declares them; a value
 * that is missing or empty is shown as "not filled in".
 */
export function render(key: MessageKey, params: Params, language: Language): string {
  const { message, kinds } = compiledMessage(key, language);
  if (kinds.length === 0) return String(message.format());
  const values: Record<string, string | number> = {};
  for (const [name, kind] of kinds) values[name] = shownValue(kind, params[name] ?? "", language);
  return String(message.format(values)).trim();
}

/** What a field is called on the screen; an unknown one by its own name. */
export function fieldName(field: string, language: Language): string {
  const key = `field.${field}`;
  return isMessageKey(key) ? render(key, {}, language) : field;
}

interface CompiledMessage {
  message: IntlMessageFormat;
  kinds: [name: string, kind: ParamKind][];
}

const compiledMessages: Readonly<Record<Language, Map<MessageKey, CompiledMessage>>> = {
  nl: new Map(),
  fr: new Map(),
  en: new Map(),
};

/** Each message is compiled once, at its first use. */
function compiledMessage(key: MessageKey, language: Language): CompiledMessage {
  const known = compiledMessages[language].get(key);
  if (known !== undefined) return known;
  const message = compile(messages[language][key], language);
  const compiled = { message, kinds: Object.entries(paramsOfMessage(key)) };
  compiledMessages[language].set(key, compiled);
  return compiled;
}

function shownValue(kind: ParamKind, value: string, language: Language): string | number {
  if (kind === "effect") return effectSentence(value, language);
  if (kind === "number" || kind === "money") return value === "" ? Number.NaN : Number(value);
  if (value === "") return render("field.notFilledIn", {}, language);
  switch (kind) {
    case "date":
      return shownDate(value, language);
    case "dates":
      return listed(
        value.split(", ").map((date) => shownDate(date, language)),
        language,
      );
    case "fields":
      return listed(
        value.split(", ").map((field) => fieldName(field, language)),
        language,
      );
    case "text":
      return value;
  }
}

function effectSentence(value: string, language: Language): string {
  const effect = effects.find((one) => one === value);
  return effect === undefined ? "" : render(`effect.${effect}`, {}, language);
}

/** A calendar date has no time zone; a text that is none, and a year that is surely a mistake, is shown as it was sent. */
function shownDate(date: string, language: Language): string {
  if (!isCalendarDate(date) || date < "1000") return date;
  return dateFormats[language].format(new Date(`${date}T00:00:00Z`));
}

function listed(parts: string[], language: Language): string {
  return listFormats[language].format(parts);
}

const dateFormats = perLanguage(
  (locale) =>
    new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" }),
);
const listFormats = perLanguage((locale) => new Intl.ListFormat(locale, { type: "conjunction" }));

function perLanguage<Format>(create: (locale: string) => Format): Readonly<Record<Language, Format>> {
  return { nl: create(locales.nl), fr: create(locales.fr), en: create(locales.en) };
}
