import type { PlannedChange } from "@payflip/contract/holds.ts";
import type { Change } from "@payflip/contract/syncs.ts";
import { useMemo } from "react";
import { useSession } from "../access/session.ts";
import { isLanguage, languageNames } from "../intl/language.ts";
import { type Text, useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { changeFieldTexts } from "./change-fields.ts";
import { reasonTexts } from "./change-reasons.ts";

const yes: readonly string[] = ["true"];

/** The texts of a planned or recorded change: field, values before and after, and the reason of a recorded one. */
export function useChangeText() {
  const text = useText();
  const formats = useFormats();
  const { seesWages } = useSession();
  return useMemo(() => {
    const value = (change: PlannedChange, recorded: string | null) => {
      if (recorded !== null) return valueText(text, formats, change.field, recorded);
      return change.contractId !== null && !seesWages ? text("changes.hidden") : text("changes.empty");
    };
    return {
      field: ({ field, contractId }: PlannedChange) => {
        if (field === "startDate" && contractId !== null) return text("change.field.contractStart");
        const id = changeFieldTexts[field];
        return id === undefined ? field : text(id);
      },
      before: (change: PlannedChange) => value(change, change.before),
      after: (change: PlannedChange) => value(change, change.after),
      reason: ({ reason }: Change) => text(reasonTexts[reason]),
    };
  }, [text, formats, seesWages]);
}

function valueText(
  text: Text,
  formats: ReturnType<typeof useFormats>,
  field: string,
  recorded: string,
): string {
  switch (field) {
    case "startDate":
    case "endDate":
      return formats.shortDate(recorded);
    case "grossAmount":
    case "grossMonthly":
      return formats.money(recorded);
    case "weeklyHours":
    case "referenceWeeklyHours":
      return formats.hours(recorded);
    case "workRegimePercentage":
    case "employerSocialSecurityPercentage":
      return formats.percent(recorded);
    case "language":
      return isLanguage(recorded) ? languageNames[recorded] : recorded;
    case "wageType":
      return recorded === "hourly" || recorded === "monthly" ? text(`wageType.${recorded}`) : recorded;
    case "statute":
      return recorded === "white_collar" || recorded === "blue_collar"
        ? text(`statute.${recorded}`)
        : recorded;
    case "withdrawn":
      return text(yes.includes(recorded) ? "answer.yes" : "answer.no");
    default:
      return recorded;
  }
}
