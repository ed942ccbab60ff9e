import type { Language } from "@payflip/contract/page.ts";
import { type ReactNode, useSyncExternalStore } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { IntlProvider } from "react-intl";
import { locales, rememberLanguage } from "./language.ts";
import type { MessageId } from "./messages.ts";

type Catalogue = Record<MessageId, string>;
interface Shown {
  readonly language: Language;
  readonly messages: Catalogue;
}

const catalogues: Readonly<Record<Language, () => Promise<{ default: Catalogue }>>> = {
  nl: () => import("./messages/nl.json"),
  fr: () => import("./messages/fr.json"),
  en: () => import("./messages/en.json"),
};
let shown: Shown | undefined;
const listeners = new Set<() => void>();

/** Shows a language after its texts are loaded: the screen is never without text. */
export async function showLanguage(language: Language): Promise<void> {
  if (shown?.language === language) return;
  const { default: messages } = await catalogues[language]();
  shown = { language, messages };
  rememberLanguage(language);
  for (const listener of listeners) listener();
}

export function IntlRoot({ children }: { readonly children: ReactNode }) {
  const current = useSyncExternalStore(subscribe, () => shown);
  if (current === undefined) return null;
  const locale = locales[current.language];
  return (
    <IntlProvider locale={locale} messages={current.messages} timeZone="Europe/Brussels">
      <I18nProvider locale={locale}>{children}</I18nProvider>
    </IntlProvider>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
