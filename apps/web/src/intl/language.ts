import type { Language } from "@payflip/contract/page.ts";

export const languages = ["nl", "fr", "en"] as const satisfies readonly Language[];

/** Each language in itself. */
export const languageNames: Readonly<Record<Language, string>> = {
  nl: "Nederlands",
  fr: "Français",
  en: "English",
};

/**
 * The form of each language that decides how money, dates and numbers look. English is that of Ireland: what browsers
 * have for Belgian English writes € 1,234.50 but 1.234,5 %, and one screen must not have two decimal signs.
 */
export const locales: Readonly<Record<Language, string>> = { nl: "nl-BE", fr: "fr-BE", en: "en-IE" };

const storageKey = "language";

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** The language before sign-in: what was last chosen here, else the first one of the browser that we speak. */
export function preferredLanguage(stored: string | null, browser: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  for (const tag of browser) {
    const base = tag.slice(0, 2).toLowerCase();
    if (isLanguage(base)) return base;
  }
  return "en";
}

export function currentLanguage(): Language {
  const declared = document.documentElement.lang;
  return isLanguage(declared) ? declared : "en";
}

export function rememberLanguage(language: Language): void {
  document.documentElement.lang = language;
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage may be blocked; the choice then lasts as long as the page.
  }
}

export function storedLanguage(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
