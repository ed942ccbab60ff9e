import { useCallback } from "react";
import { useIntl } from "react-intl";
import type english from "./messages/en.json";

export type MessageId = keyof typeof english;
type Values = Record<string, string | number | boolean | Date | null | undefined>;

/** Looks up a text. A sentence is never built from two texts. */
export type Text = (id: MessageId, values?: Values) => string;

export function useText(): Text {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl]);
}
