import { useIntl } from "react-intl";
import { Button } from "react-aria-components/Button";
import { showLanguage } from "./IntlRoot.tsx";
import { languageNames, languages, locales } from "./language.ts";
import { useText } from "./messages.ts";

/** The languages, each named in itself: for pages before sign-in. */
export function IntlChoice() {
  const text = useText();
  const { locale } = useIntl();
  return (
    <ul aria-label={text("account.language")} className="flex justify-center gap-1">
      {languages.map((language) => (
        <li key={language}>
          <Button
            lang={language}
            aria-pressed={locale === locales[language]}
            onPress={() => void showLanguage(language)}
            className="min-h-8 rounded-md px-2 py-1 hover:bg-sunken aria-pressed:font-semibold aria-pressed:text-ink"
          >
            {languageNames[language]}
          </Button>
        </li>
      ))}
    </ul>
  );
}
