import { useMemo } from "react";
import { useIntl } from "react-intl";
import * as formats from "./formats.ts";
import { type Text, useText } from "./messages.ts";

/** Formats of money, hours, dates and instants in the language of the screen. */
export function useFormats() {
  const { locale } = useIntl();
  const text = useText();
  return useMemo(
    () => ({
      money: (amount: string) => formats.formatMoney(locale, amount),
      percent: (percent: string) => formats.formatPercent(locale, percent),
      hours: formats.formatHours,
      number: (value: number | string) => formats.formatNumber(locale, value),
      date: (date: string) => formats.formatDate(locale, date),
      shortDate: (date: string) => formats.formatDate(locale, date, "short"),
      instant: (instant: string) => formats.formatInstant(locale, instant, new Date()),
      instantInFull: (instant: string) => formats.formatInstantInFull(locale, instant),
      today: () => formats.dayInBrussels(new Date()),
      inWords: (instant: string) => inWords(text, locale, instant, new Date()),
    }),
    [locale, text],
  );
}

function inWords(text: Text, locale: string, instant: string, now: Date): string {
  const time = formats.formatTime(locale, instant);
  switch (formats.daysFromNow(instant, now)) {
    case 0:
      return text("when.today", { time });
    case -1:
      return text("when.yesterday", { time });
    case 1:
      return text("when.tomorrow", { time });
    default:
      return formats.formatInstant(locale, instant, now);
  }
}
