import type { Language } from "@payflip/contract/page.ts";
import type { WageDerivation } from "@payflip/contract/wage-contracts.ts";
import { deriveMonthly, type MonthlyWage, type WageInput } from "../../domain/wages/wage-conversion.ts";
import { render } from "../../texts/render.ts";

/** Explains in words how the monthly gross wage was computed. */
export function describeDerivation(wage: WageInput, language: Language): WageDerivation {
  const monthly = deriveMonthly(wage);
  const { grossAmount, weeklyHours } = wage;
  return { kind: kindOf(monthly), grossAmount, weeklyHours, text: textOf(monthly, language) };
}

function kindOf({ kind }: MonthlyWage): WageDerivation["kind"] {
  if (kind === "monthly_as_sent") return "sent_monthly";
  if (kind === "derived") return "hourly_to_monthly";
  return kind === "stays_hourly" ? kind : "not_possible";
}

function textOf(monthly: MonthlyWage, language: Language): string {
  switch (monthly.kind) {
    case "derived": {
      const { hourly, weeklyHours, grossMonthly } = monthly;
      return render("wage.derived", { hourly, weeklyHours, grossMonthly }, language);
    }
    case "monthly_as_sent":
    case "stays_hourly":
      return render(`wage.${monthly.kind}`, {}, language);
    case "cannot_convert":
    case "wage_missing":
    case "wage_negative":
    case "wage_type_unknown":
      return render("wage.not_possible", {}, language);
  }
}
