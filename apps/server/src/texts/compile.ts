import type { Language } from "@payflip/contract/page.ts";
import IntlMessageFormat, { type Formats, type Formatters } from "intl-messageformat";
import { messages } from "./messages.ts";

/** English as it is written in Europe: days before months. */
export const locales: Readonly<Record<Language, string>> = { nl: "nl-BE", fr: "fr-BE", en: "en-IE" };

/** @throws SyntaxError where the text is not in ICU message format */
export function compile(text: string, language: Language): IntlMessageFormat {
  const options = { formatters: formatters[language], ignoreTag: true };
  return new IntlMessageFormat(text, locales[language], formats, options);
}

/** `{hourly, number, money}`: euros; an hourly wage has up to four decimals. */
const formats: Partial<Formats> = {
  number: {
    money: { style: "currency", currency: "EUR", minimumFractionDigits: 2, maximumFractionDigits: 4 },
  },
};

/** A number that is not known is not a number: it is shown as "not filled in". */
class KnownNumberFormat extends Intl.NumberFormat {
  readonly #notFilledIn: string;

  constructor(language: Language, options?: Intl.NumberFormatOptions) {
    super(locales[language], options);
    this.#notFilledIn = messages[language]["field.notFilledIn"];
  }

  override format(value: number | bigint): string {
    return Number.isNaN(value) ? this.#notFilledIn : super.format(value);
  }
}

/** Shared by all messages of a language: making an Intl format costs more than using it. */
const formatters: Readonly<Record<Language, Formatters>> = {
  nl: formattersOf("nl"),
  fr: formattersOf("fr"),
  en: formattersOf("en"),
};

function formattersOf(language: Language): Formatters {
  const numbers = new Map<string, Intl.NumberFormat>();
  const plurals = new Intl.PluralRules(locales[language]);
  return {
    getNumberFormat: (_locale, options) => {
      const key = JSON.stringify(options ?? {});
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const format = new KnownNumberFormat(language, options as Intl.NumberFormatOptions);
      numbers.set(key, format);
      return format;
    },
    getDateTimeFormat: (...options) => new Intl.DateTimeFormat(...options),
    getPluralRules: () => plurals,
  };
}
