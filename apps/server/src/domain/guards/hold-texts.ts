import type { GuardReason } from "./guard.ts";
import type { PersonHoldCode } from "./hold-types.ts";
import { fillTemplate } from "../catalogue/text-template.ts";
import type { Texts } from "../catalogue/text-template.ts";
import type { Language } from "../records/worker.ts";

/**
 * Why a run, a person or a wage was held, in one sentence with its numbers. A wage contract is named by its start where that may be
 * told. Null for a code that this version does not know.
 */
export function renderHoldReason(
  code: string,
  params: Readonly<Record<string, string>>,
  language: Language,
): string | null {
  if (!Object.hasOwn(holdReasons, code)) return null;
  const contract = fillTemplate(params["startDate"] ? datedContract : aContract, params, language);
  return fillTemplate(holdReasons[code as HoldCode], { ...params, contract }, language);
}

/** What a reason names of the limits in force, and nothing of the person. */
export function limitsOf(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).filter(([name]) => name === "allowed" || name === "factor"),
  );
}

const datedContract: Texts = {
  nl: "het contract met startdatum {startDate}",
  fr: "du contrat avec date de début {startDate}",
  en: "the contract with start date {startDate}",
};
const aContract: Texts = { nl: "een looncontract", fr: "d'un contrat salarial", en: "a wage contract" };

type HoldCode = GuardReason["code"] | PersonHoldCode;

export const holdReasons: Readonly<Record<HoldCode, Texts>> = {
  NOBODY_LISTED: {
    nl: "Liantis geeft een lege lijst, terwijl er {linked} gekoppelde personen zijn.",
    fr: "Liantis donne une liste vide, alors que {linked} personnes sont liées.",
    en: "Liantis gives an empty list, though {linked} people are linked.",
  },
  ALL_LINKED_ABSENT: {
    nl: "Geen enkele van de {linked} gekoppelde personen staat nog in de lijst van Liantis, die wel andere personen bevat.",
    fr: "Aucune des {linked} personnes liées ne figure encore dans la liste de Liantis, qui contient pourtant d'autres personnes.",
    en: "None of the {linked} linked people is in the list of Liantis any more, though it holds others.",
  },
  MANY_ABSENT: {
    nl: "{absent} van de {linked} gekoppelde personen ({percent} %) ontbreken plots in de lijst van Liantis; meer dan {allowed} is ongewoon.",
    fr: "{absent} des {linked} personnes liées ({percent} %) manquent soudain dans la liste de Liantis ; plus de {allowed}, c'est inhabituel.",
    en: "{absent} of the {linked} linked people ({percent} %) are suddenly missing from the list of Liantis; more than {allowed} is unusual.",
  },
  FIELD_EMPTIED: {
    nl: "Bij veel personen is dit gegeven plots leeg: {field}. Van {people} personen hadden er {filledBefore} het, nu nog {filledNow} ({dropPoints} procentpunten minder).",
    fr: "Cette donnée est soudain vide chez de nombreuses personnes : {field}. Sur {people} personnes, {filledBefore} l'avaient ; il en reste {filledNow} ({dropPoints} points de pourcentage en moins).",
    en: "This item is suddenly empty for many people: {field}. Of {people} people, {filledBefore} had it, now {filledNow} do ({dropPoints} percentage points less).",
  },
  EMAIL_SWAPPED: {
    nl: "Deze persoon krijgt bij Liantis het e-mailadres van een collega (personeelsnummer {otherEmployeeNumber}), die zelf een ander adres krijgt. Zo kunnen twee personen verwisseld zijn.",
    fr: "Chez Liantis, cette personne reçoit l'adresse e-mail d'un collègue (numéro de travailleur {otherEmployeeNumber}), qui reçoit lui-même une autre adresse. Deux personnes peuvent ainsi avoir été interverties.",
    en: "At Liantis this person gets the e-mail address of a colleague (employee number {otherEmployeeNumber}), who gets another one. Two people may have been mixed up.",
  },
  NUMBER_SWAPPED: {
    nl: "Deze persoon krijgt bij Liantis het personeelsnummer {otherEmployeeNumber} van een collega, die het nummer van deze persoon krijgt.",
    fr: "Chez Liantis, cette personne reçoit le numéro de travailleur {otherEmployeeNumber} d'un collègue, qui reçoit le sien.",
    en: "At Liantis this person gets the employee number {otherEmployeeNumber} of a colleague, who gets this person's number.",
  },
  PERSON_REPLACED: {
    nl: "Voornaam, achternaam en e-mailadres van deze persoon worden bij Liantis alle drie anders. Dit kan iemand anders zijn.",
    fr: "Chez Liantis, le prénom, le nom et l'adresse e-mail de cette personne deviennent tous les trois différents. Il s'agit peut-être de quelqu'un d'autre.",
    en: "First name, last name and e-mail address of this person all become different at Liantis. This may be somebody else.",
  },
  MANY_IDENTITIES_CHANGED: {
    nl: "Bij {changed} van de {linked} gekoppelde personen wijzigt de naam of het e-mailadres tegelijk; dat is ongewoon.",
    fr: "Le nom ou l'adresse e-mail change en même temps chez {changed} des {linked} personnes liées ; c'est inhabituel.",
    en: "The name or e-mail address of {changed} of the {linked} linked people changes at once, which is unusual.",
  },
  REVERTED: {
    nl: "Een beheerder heeft de wijzigingen bij deze persoon ongedaan gemaakt. De sync schrijft ze niet opnieuw tot je ze aanvaardt.",
    fr: "Un administrateur a annulé les modifications de cette personne. La synchronisation ne les réécrit pas tant que vous ne les acceptez pas.",
    en: "An admin undid the changes of this person. The sync does not write them again until you accept them.",
  },
  WAGE_UP: {
    nl: "Het brutoloon van {contract} wordt in één keer minstens {factor} keer zo hoog.",
    fr: "Le salaire brut {contract} est multiplié en une fois par {factor} au moins.",
    en: "The gross salary of {contract} becomes at least {factor} times as high at once.",
  },
  WAGE_DOWN: {
    nl: "Het brutoloon van {contract} wordt in één keer gedeeld door minstens {factor}.",
    fr: "Le salaire brut {contract} est divisé en une fois par {factor} au moins.",
    en: "The gross salary of {contract} is divided by at least {factor} at once.",
  },
  WAGE_TYPE_FLIPPED: {
    nl: "Het loontype van {contract} verandert van uurloon in maandloon of omgekeerd.",
    fr: "Le type de salaire {contract} passe de l'heure au mois ou inversement.",
    en: "The wage type of {contract} changes from hourly to monthly or the other way round.",
  },
  WAGE_REGIME_OVER: {
    nl: "Het arbeidsregime van {contract} is hoger dan {allowed} %.",
    fr: "Le régime de travail {contract} dépasse {allowed} %.",
    en: "The work regime of {contract} is over {allowed} %.",
  },
  WAGE_NSSO_OUTSIDE: {
    nl: "Het % patronale RSZ van {contract} ligt niet tussen 0 en {allowed} %.",
    fr: "Le % de cotisations patronales ONSS {contract} n'est pas compris entre 0 et {allowed} %.",
    en: "The employer social security % of {contract} is not between 0 and {allowed} %.",
  },
  WAGE_CONTRACTS_GONE: {
    nl: "Geen enkel van de {contracts} looncontracten staat nog bij Liantis, terwijl de persoon er wel nog staat.",
    fr: "Aucun des {contracts} contrats salariaux ne figure encore chez Liantis, alors que la personne y figure toujours.",
    en: "None of the {contracts} wage contracts is at Liantis any more, though the person still is.",
  },
};
