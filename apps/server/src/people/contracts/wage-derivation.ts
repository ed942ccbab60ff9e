import type { Language } from "@payflip/contract/page.ts";
import type { WageDerivation } from "@payflip/contract/wage-contracts.ts";
import { deriveMonthly, type MonthlyWage, type WageInput } from "../../domain/wages/wage-conversion.ts";

/** How the monthly gross came about, in words: people check a sum that they can see. */
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
      const [rate, hours, sum] = [hourly, weeklyHours, grossMonthly].map((one) => decimalMark(one, language));
      return {
        nl: `€ ${rate} per uur × ${hours} uur per week × 13 / 3 = € ${sum} per maand`,
        fr: `${rate} € de l'heure × ${hours} heures par semaine × 13 / 3 = ${sum} € par mois`,
        en: `€${rate} an hour × ${hours} hours a week × 13 / 3 = €${sum} a month`,
      }[language];
    }
    case "monthly_as_sent":
      return {
        nl: "Maandloon zoals in Liantis",
        fr: "Salaire mensuel tel que dans Liantis",
        en: "Monthly wage as in Liantis",
      }[language];
    case "stays_hourly":
      return {
        nl: "Uurloon van een arbeider: wordt niet omgerekend",
        fr: "Salaire horaire d'un ouvrier : n'est pas converti",
        en: "Hourly wage of a blue-collar worker: not converted",
      }[language];
    case "cannot_convert":
    case "wage_missing":
    case "wage_negative":
    case "wage_type_unknown":
      return {
        nl: "Geen maandloon: er ontbreken gegevens",
        fr: "Pas de salaire mensuel : des données manquent",
        en: "No monthly wage: data is missing",
      }[language];
  }
}

function decimalMark(number: string, language: Language): string {
  return language === "en" ? number : number.replace(".", ",");
}
