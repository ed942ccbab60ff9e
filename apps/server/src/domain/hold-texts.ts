import type { GuardReason } from "./guard.ts";
import { fillTemplate } from "./text-template.ts";
import type { Texts } from "./text-template.ts";
import type { Language } from "./worker.ts";

/** Why a run was held, in one sentence with its numbers. Null for a code that this version does not know. */
export function renderHoldReason(
  code: string,
  params: Readonly<Record<string, string>>,
  language: Language,
): string | null {
  return Object.hasOwn(holdReasons, code)
    ? fillTemplate(holdReasons[code as HoldReasonCode], params, language)
    : null;
}

/** What a guard says, and a person who was put back by hand. */
type HoldReasonCode = GuardReason["code"] | "REVERTED";

export const holdReasons: Readonly<Record<HoldReasonCode, Texts>> = {
  REVERTED: {
    nl: "Iemand draaide deze wijzigingen terug. Ze worden pas opnieuw overgenomen als je ze aanvaardt.",
    fr: "Quelqu'un a annulé ces modifications. Elles ne seront reprises que si vous les acceptez.",
    en: "Somebody put these changes back. They are only taken over again when you accept them.",
  },
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
};
