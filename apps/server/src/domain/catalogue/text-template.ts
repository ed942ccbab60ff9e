import type { Language } from "../records/worker.ts";

/** One text in every language of the product. `{name}` stands for a parameter. */
export type Texts = Record<Language, string>;

export const languages = ["nl", "fr", "en"] as const satisfies readonly Language[];

/**
 * A text with its parameters filled in. Calendar dates are shown as DD/MM/YYYY; `field` (names of our fields, with
 * commas between) and `effect` are said in the reader's words, a `factor` with the reader's decimal sign; a parameter that is missing or empty is "not filled in".
 */
export function fillTemplate(
  texts: Texts,
  params: Readonly<Record<string, string>>,
  language: Language,
): string {
  return texts[language].replaceAll(placeholder, (_, name: string) =>
    say(name, params[name] ?? "", language),
  );
}

/** The names of the parameters in a text, sorted, each once. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map((match) => match[1] ?? ""))].toSorted();
}

const placeholder = /\{([A-Za-z]+)\}/g;
const datesPattern = /^\d{4}-\d{2}-\d{2}(?:, \d{4}-\d{2}-\d{2})*$/;

function say(name: string, value: string, language: Language): string {
  if (name === "effect") return effects.get(value)?.[language] ?? "";
  if (value === "") return notFilledIn[language];
  if (name === "field")
    return value
      .split(", ")
      .map((field) => fieldName(field, language))
      .join(", ");
  if (name === "factor") return language === "en" ? value : value.replace(".", ",");
  return datesPattern.test(value) ? value.replaceAll(/(\d{4})-(\d{2})-(\d{2})/g, "$3/$2/$1") : value;
}

/** What a field is called on the screen; an unknown one by its own name. */
export function fieldName(field: string, language: Language): string {
  return fieldNames.get(field)?.[language] ?? field;
}

const notFilledIn: Texts = { nl: "niet ingevuld", fr: "non renseigné", en: "not filled in" };

/** What an issue means for the person until it is put right. */
export type Effect = "not_imported" | "kept" | "left_empty" | "kept_out" | "taken_over" | "held";

const effects = new Map<string, Texts>(
  Object.entries({
    not_imported: {
      nl: "Deze persoon staat daarom nog niet in Payflip.",
      fr: "Cette personne n'est donc pas encore dans Payflip.",
      en: "This person is therefore not in Payflip yet.",
    },
    kept: {
      nl: "Payflip houdt de laatst bekende waarde aan; de andere gegevens worden gewoon gesynchroniseerd.",
      fr: "Payflip conserve la dernière valeur connue ; les autres données sont synchronisées normalement.",
      en: "Payflip keeps the last known value; the other data is synchronised as usual.",
    },
    left_empty: {
      nl: "Dit gegeven blijft leeg in Payflip; de andere gegevens worden gewoon gesynchroniseerd.",
      fr: "Cette donnée reste vide dans Payflip ; les autres données sont synchronisées normalement.",
      en: "This item stays empty in Payflip; the other data is synchronised as usual.",
    },
    kept_out: {
      nl: "Dit looncontract staat daarom nog niet in Payflip; de andere gegevens worden gewoon gesynchroniseerd.",
      fr: "Ce contrat salarial n'est donc pas encore dans Payflip ; les autres données sont synchronisées normalement.",
      en: "This wage contract is therefore not in Payflip yet; the other data is synchronised as usual.",
    },
    taken_over: {
      nl: "Deze waarde is overgenomen zoals Liantis ze stuurt.",
      fr: "Cette valeur a été reprise telle que Liantis l'envoie.",
      en: "This value was taken over as Liantis sends it.",
    },
    held: {
      nl: "De wijzigingen aan dit looncontract worden tegengehouden zolang niemand ze aanvaardt; tot dan behoudt Payflip wat het al had.",
      fr: "Les modifications de ce contrat salarial sont retenues tant que personne ne les accepte ; d'ici là, Payflip conserve ce qu'il avait déjà.",
      en: "The changes to this wage contract are held back until somebody accepts them; until then Payflip keeps what it had.",
    },
  } satisfies Record<Effect, Texts>),
);

const fieldNames = new Map<string, Texts>(
  Object.entries({
    firstName: { nl: "voornaam", fr: "prénom", en: "first name" },
    lastName: { nl: "achternaam", fr: "nom de famille", en: "last name" },
    email: { nl: "e-mailadres", fr: "adresse e-mail", en: "e-mail address" },
    language: { nl: "taal", fr: "langue", en: "language" },
    startDate: { nl: "startdatum", fr: "date de début", en: "start date" },
    endDate: { nl: "einddatum", fr: "date de fin", en: "end date" },
    employmentEndDate: { nl: "datum uit dienst", fr: "date de sortie de service", en: "end of employment" },
    employeeNumber: { nl: "personeelsnummer", fr: "numéro de travailleur", en: "employee number" },
    wageContracts: { nl: "looncontracten", fr: "contrats salariaux", en: "wage contracts" },
    contractStartDate: {
      nl: "startdatum van het contract",
      fr: "date de début du contrat",
      en: "start date of the contract",
    },
    contractId: { nl: "contractnummer", fr: "numéro de contrat", en: "contract number" },
    statute: { nl: "statuut", fr: "statut", en: "statute" },
    wageType: { nl: "loontype", fr: "type de salaire", en: "wage type" },
    grossAmount: { nl: "brutoloon", fr: "salaire brut", en: "gross salary" },
    grossMonthly: { nl: "brutomaandloon", fr: "salaire mensuel brut", en: "gross monthly salary" },
    weeklyHours: { nl: "uren per week", fr: "heures par semaine", en: "hours a week" },
    referenceWeeklyHours: {
      nl: "voltijdse uren per week",
      fr: "heures par semaine d'un temps plein",
      en: "full-time hours a week",
    },
    workRegimePercentage: { nl: "arbeidsregime", fr: "régime de travail", en: "work regime" },
    employerSocialSecurityPercentage: {
      nl: "% patronale RSZ",
      fr: "% de cotisations patronales ONSS",
      en: "employer social security %",
    },
    jointCommittee: { nl: "paritair comité", fr: "commission paritaire", en: "joint committee" },
  } satisfies Record<string, Texts>),
);
