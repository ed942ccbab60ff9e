import type { IssueEntry } from "./issue-entry.ts";
import { openWorker, syncAgain, toSupport } from "./text-phrases.ts";

const checkContract = {
  nl: `${openWorker.nl}, kies de persoon en open het looncontract`,
  fr: `${openWorker.fr}, choisissez la personne et ouvrez le contrat salarial`,
  en: `${openWorker.en}, choose the person and open the wage contract`,
} as const;

const askLiantis = {
  nl: `Vraag Liantis om dit percentage na te kijken in de loonadministratie. ${syncAgain.nl}`,
  fr: `Demandez à Liantis de vérifier ce pourcentage dans l'administration salariale. ${syncAgain.fr}`,
  en: `Ask Liantis to check this percentage in the payroll administration. ${syncAgain.en}`,
} as const;

/** Issues about a wage contract. None of them stops the person's other data, and none names an amount. */
export const contractIssues = {
  WAGE_MISSING: {
    severity: "error",
    who: "customer",
    about: "contract",
    place: "worker",
    title: { nl: "Loon ontbreekt", fr: "Salaire manquant", en: "Wage missing" },
    cause: {
      nl: "Het looncontract met startdatum {startDate} heeft bij Liantis geen brutoloon. {effect}",
      fr: "Chez Liantis, le contrat salarial avec date de début {startDate} n'a pas de salaire brut. {effect}",
      en: "The wage contract with start date {startDate} has no gross salary at Liantis. {effect}",
    },
    remedy: {
      nl: `${checkContract.nl}; vul het brutoloon in. ${syncAgain.nl}`,
      fr: `${checkContract.fr} ; complétez le salaire brut. ${syncAgain.fr}`,
      en: `${checkContract.en}; fill in the gross salary. ${syncAgain.en}`,
    },
  },
  WAGE_TYPE_UNKNOWN: {
    severity: "error",
    who: "support",
    about: "contract",
    place: "worker",
    title: { nl: "Loontype onbekend", fr: "Type de salaire inconnu", en: "Wage type unknown" },
    cause: {
      nl: "Het looncontract met startdatum {startDate} heeft bij Liantis als loontype: {wageType}. Payflip kent uurloon en maandloon. {effect}",
      fr: "Chez Liantis, le contrat salarial avec date de début {startDate} a comme type de salaire : {wageType}. Payflip connaît le salaire horaire et le salaire mensuel. {effect}",
      en: "The wage contract with start date {startDate} has this wage type at Liantis: {wageType}. Payflip knows hourly and monthly wages. {effect}",
    },
    remedy: {
      nl: `Kijk in MyLiantis > Medewerkers na of het loontype klopt. ${syncAgain.nl} Klopt het wel? ${toSupport.nl}.`,
      fr: `Vérifiez dans MyLiantis > Collaborateurs si le type de salaire est correct. ${syncAgain.fr} Est-il bien correct ? ${toSupport.fr}.`,
      en: `Check in MyLiantis > Employees whether the wage type is right. ${syncAgain.en} Is it right after all? ${toSupport.en}.`,
    },
  },
  CANNOT_CONVERT_TO_MONTHLY: {
    severity: "error",
    who: "customer",
    about: "contract",
    place: "worker",
    title: {
      nl: "Geen omrekening naar maandloon",
      fr: "Pas de conversion en salaire mensuel",
      en: "No conversion to a monthly salary",
    },
    cause: {
      nl: "Het looncontract met startdatum {startDate} heeft een uurloon, maar bij Liantis ontbreken de uren per week. Payflip rekent met de laatst bekende uren; zijn die er niet, dan is er geen maandloon.",
      fr: "Le contrat salarial avec date de début {startDate} a un salaire horaire, mais les heures par semaine manquent chez Liantis. Payflip calcule avec les dernières heures connues ; s'il n'y en a pas, il n'y a pas de salaire mensuel.",
      en: "The wage contract with start date {startDate} has an hourly wage, but the hours a week are missing at Liantis. Payflip works with the last known hours; where there are none, there is no monthly salary.",
    },
    remedy: {
      nl: `${checkContract.nl}; vul de uren per week in. ${syncAgain.nl}`,
      fr: `${checkContract.fr} ; complétez les heures par semaine. ${syncAgain.fr}`,
      en: `${checkContract.en}; fill in the hours a week. ${syncAgain.en}`,
    },
    variants: {
      statute_unknown: {
        cause: {
          nl: "Het looncontract met startdatum {startDate} heeft een uurloon, maar Liantis zegt niet of het om een bediende of een arbeider gaat. Payflip raadt dat niet: het rekent met het laatst bekende statuut, of toont geen maandloon.",
          fr: "Le contrat salarial avec date de début {startDate} a un salaire horaire, mais Liantis ne dit pas s'il s'agit d'un employé ou d'un ouvrier. Payflip ne le devine pas : il calcule avec le dernier statut connu, ou n'affiche pas de salaire mensuel.",
          en: "The wage contract with start date {startDate} has an hourly wage, but Liantis does not say whether it is for a white-collar or a blue-collar worker. Payflip does not guess: it works with the last known statute, or shows no monthly salary.",
        },
        remedy: {
          nl: `${checkContract.nl}; vul het statuut in (bediende of arbeider). ${syncAgain.nl}`,
          fr: `${checkContract.fr} ; complétez le statut (employé ou ouvrier). ${syncAgain.fr}`,
          en: `${checkContract.en}; fill in the statute (white-collar or blue-collar). ${syncAgain.en}`,
        },
      },
    },
  },
  WAGE_IMPLAUSIBLE: {
    severity: "warning",
    who: "customer",
    about: "contract",
    place: "worker",
    title: { nl: "Opvallend loon", fr: "Salaire inhabituel", en: "Striking wage" },
    cause: {
      nl: "Het loon van het contract met startdatum {startDate} is opvallend hoog of laag. {effect}",
      fr: "Le salaire du contrat avec date de début {startDate} est étonnamment élevé ou bas. {effect}",
      en: "The wage of the contract with start date {startDate} is strikingly high or low. {effect}",
    },
    remedy: {
      nl: `${checkContract.nl}; kijk het bedrag en de eenheid (uur of maand) na, want budgetten worden hierop berekend. Klopt alles? Aanvaard dan deze melding.`,
      fr: `${checkContract.fr} ; vérifiez le montant et l'unité (heure ou mois), car les budgets sont calculés sur cette base. Tout est correct ? Acceptez alors cet avertissement.`,
      en: `${checkContract.en}; check the amount and its unit (hour or month), for budgets are worked out from it. Is it all right? Then accept this warning.`,
    },
    variants: {
      hourly_high: {
        cause: {
          nl: "Het uurloon van het contract met startdatum {startDate} is hoger dan 200 euro. Misschien is het een maandloon. {effect}",
          fr: "Le salaire horaire du contrat avec date de début {startDate} dépasse 200 euros. Il s'agit peut-être d'un salaire mensuel. {effect}",
          en: "The hourly wage of the contract with start date {startDate} is over 200 euros. Perhaps it is a monthly one. {effect}",
        },
      },
      monthly_low: {
        cause: {
          nl: "Het maandloon van het contract met startdatum {startDate} is lager dan 200 euro. Misschien is het een uurloon. {effect}",
          fr: "Le salaire mensuel du contrat avec date de début {startDate} est inférieur à 200 euros. Il s'agit peut-être d'un salaire horaire. {effect}",
          en: "The monthly salary of the contract with start date {startDate} is under 200 euros. Perhaps it is an hourly wage. {effect}",
        },
      },
      monthly_high: {
        cause: {
          nl: "Het maandloon van het contract met startdatum {startDate} is hoger dan 100.000 euro. Misschien is het een jaarloon. {effect}",
          fr: "Le salaire mensuel du contrat avec date de début {startDate} dépasse 100 000 euros. Il s'agit peut-être d'un salaire annuel. {effect}",
          en: "The monthly salary of the contract with start date {startDate} is over 100,000 euros. Perhaps it is a yearly one. {effect}",
        },
      },
      negative: {
        severity: "error",
        cause: {
          nl: "Het loon van het contract met startdatum {startDate} is bij Liantis negatief. {effect}",
          fr: "Chez Liantis, le salaire du contrat avec date de début {startDate} est négatif. {effect}",
          en: "The wage of the contract with start date {startDate} is negative at Liantis. {effect}",
        },
        remedy: {
          nl: `${checkContract.nl}; verbeter het bedrag. ${syncAgain.nl}`,
          fr: `${checkContract.fr} ; corrigez le montant. ${syncAgain.fr}`,
          en: `${checkContract.en}; correct the amount. ${syncAgain.en}`,
        },
      },
    },
  },
  REGIME_MISSING: {
    severity: "error",
    who: "customer",
    about: "contract",
    place: "worker",
    title: { nl: "Arbeidsregime ontbreekt", fr: "Régime de travail manquant", en: "Work regime missing" },
    cause: {
      nl: "Het looncontract met startdatum {startDate} heeft bij Liantis geen arbeidsregime (percentage van een voltijdse). {effect}",
      fr: "Chez Liantis, le contrat salarial avec date de début {startDate} n'a pas de régime de travail (pourcentage d'un temps plein). {effect}",
      en: "The wage contract with start date {startDate} has no work regime (percentage of full time) at Liantis. {effect}",
    },
    remedy: {
      nl: `${checkContract.nl}; vul het arbeidsregime in. ${syncAgain.nl}`,
      fr: `${checkContract.fr} ; complétez le régime de travail. ${syncAgain.fr}`,
      en: `${checkContract.en}; fill in the work regime. ${syncAgain.en}`,
    },
    variants: {
      zero: {
        severity: "warning",
        cause: {
          nl: "Het looncontract met startdatum {startDate} heeft bij Liantis een arbeidsregime van 0 %, bijvoorbeeld bij een schorsing of werk op oproep. {effect}",
          fr: "Chez Liantis, le contrat salarial avec date de début {startDate} a un régime de travail de 0 %, par exemple en cas de suspension ou de travail sur appel. {effect}",
          en: "The wage contract with start date {startDate} has a work regime of 0 % at Liantis, as with a suspension or work on call. {effect}",
        },
        remedy: {
          nl: `Klopt dat? Aanvaard dan deze melding. Zo niet: verbeter het arbeidsregime in MyLiantis > Medewerkers. ${syncAgain.nl}`,
          fr: `Est-ce correct ? Acceptez alors cet avertissement. Sinon, corrigez le régime de travail dans MyLiantis > Collaborateurs. ${syncAgain.fr}`,
          en: `Is that right? Then accept this warning. If not, correct the work regime in MyLiantis > Employees. ${syncAgain.en}`,
        },
      },
    },
  },
  REGIME_OVER_100: {
    severity: "warning",
    who: "customer",
    about: "contract",
    place: "worker",
    title: {
      nl: "Arbeidsregime boven 100 %",
      fr: "Régime de travail supérieur à 100 %",
      en: "Work regime over 100 %",
    },
    cause: {
      nl: "Het looncontract met startdatum {startDate} heeft bij Liantis meer uren dan een voltijdse. {effect}",
      fr: "Chez Liantis, le contrat salarial avec date de début {startDate} compte plus d'heures qu'un temps plein. {effect}",
      en: "The wage contract with start date {startDate} has more hours than full time at Liantis. {effect}",
    },
    remedy: {
      nl: `${checkContract.nl}; kijk de uren per week na. Klopt alles? Aanvaard dan deze melding.`,
      fr: `${checkContract.fr} ; vérifiez les heures par semaine. Tout est correct ? Acceptez alors cet avertissement.`,
      en: `${checkContract.en}; check the hours a week. Is it all right? Then accept this warning.`,
    },
  },
  EMPLOYER_NSSO_MISSING: {
    severity: "error",
    who: "liantis",
    about: "contract",
    place: "worker",
    title: {
      nl: "% patronale RSZ ontbreekt",
      fr: "% de cotisations patronales ONSS manquant",
      en: "Employer social security % missing",
    },
    cause: {
      nl: "Het looncontract met startdatum {startDate} heeft bij Liantis geen % patronale RSZ. Budgetten worden met dit percentage berekend. {effect}",
      fr: "Chez Liantis, le contrat salarial avec date de début {startDate} n'a pas de % de cotisations patronales ONSS. Les budgets sont calculés avec ce pourcentage. {effect}",
      en: "The wage contract with start date {startDate} has no employer social security % at Liantis. Budgets are worked out with it. {effect}",
    },
    remedy: askLiantis,
  },
  EMPLOYER_NSSO_IMPLAUSIBLE: {
    severity: "error",
    who: "liantis",
    about: "contract",
    place: "worker",
    title: {
      nl: "% patronale RSZ onwaarschijnlijk",
      fr: "% de cotisations patronales ONSS improbable",
      en: "Employer social security % implausible",
    },
    cause: {
      nl: "Het % patronale RSZ van het looncontract met startdatum {startDate} ligt bij Liantis niet tussen 0 en {allowed} %. {effect}",
      fr: "Chez Liantis, le % de cotisations patronales ONSS du contrat salarial avec date de début {startDate} n'est pas compris entre 0 et {allowed} %. {effect}",
      en: "The employer social security % of the wage contract with start date {startDate} is not between 0 and {allowed} % at Liantis. {effect}",
    },
    remedy: askLiantis,
    variants: {
      unit_unclear: {
        cause: {
          nl: "Het % patronale RSZ van het looncontract met startdatum {startDate} is bij Liantis niet meer dan 1. Is 0,27 bedoeld als 0,27 % of als 27 %? Payflip raadt dat niet. {effect}",
          fr: "Chez Liantis, le % de cotisations patronales ONSS du contrat salarial avec date de début {startDate} ne dépasse pas 1. Faut-il lire 0,27 comme 0,27 % ou comme 27 % ? Payflip ne le devine pas. {effect}",
          en: "The employer social security % of the wage contract with start date {startDate} is no more than 1 at Liantis. Does 0.27 mean 0.27 % or 27 %? Payflip does not guess. {effect}",
        },
      },
      zero: {
        severity: "warning",
        cause: {
          nl: "Het % patronale RSZ van het looncontract met startdatum {startDate} is bij Liantis 0. Dat kan bij een vrijgesteld statuut. {effect}",
          fr: "Chez Liantis, le % de cotisations patronales ONSS du contrat salarial avec date de début {startDate} est de 0. C'est possible pour un statut exonéré. {effect}",
          en: "The employer social security % of the wage contract with start date {startDate} is 0 at Liantis. That is possible for an exempt status. {effect}",
        },
        remedy: {
          nl: `Klopt dat? Aanvaard dan deze melding. Zo niet: vraag Liantis om het percentage na te kijken. ${syncAgain.nl}`,
          fr: `Est-ce correct ? Acceptez alors cet avertissement. Sinon, demandez à Liantis de vérifier le pourcentage. ${syncAgain.fr}`,
          en: `Is that right? Then accept this warning. If not, ask Liantis to check the percentage. ${syncAgain.en}`,
        },
      },
    },
  },
  CONTRACT_DATES_INVALID: {
    severity: "error",
    who: "customer",
    about: "contract",
    place: "worker",
    title: {
      nl: "Data van het contract kloppen niet",
      fr: "Dates du contrat incorrectes",
      en: "Contract dates not valid",
    },
    cause: {
      nl: "Het looncontract met startdatum {startDate} eindigt bij Liantis op {endDate}: dat is vroeger dan het begint. {effect}",
      fr: "Chez Liantis, le contrat salarial avec date de début {startDate} se termine le {endDate}, donc avant de commencer. {effect}",
      en: "The wage contract with start date {startDate} ends on {endDate} at Liantis: before it starts. {effect}",
    },
    remedy: {
      nl: `${checkContract.nl}; verbeter de data. ${syncAgain.nl}`,
      fr: `${checkContract.fr} ; corrigez les dates. ${syncAgain.fr}`,
      en: `${checkContract.en}; correct the dates. ${syncAgain.en}`,
    },
    variants: {
      start_missing: {
        cause: {
          nl: "Een looncontract heeft bij Liantis geen leesbare startdatum. {effect}",
          fr: "Chez Liantis, un contrat salarial n'a pas de date de début lisible. {effect}",
          en: "A wage contract has no readable start date at Liantis. {effect}",
        },
      },
      start_implausible: {
        cause: {
          nl: "Een looncontract begint bij Liantis op {startDate}: geen datum tussen 1900 en 2100. {effect}",
          fr: "Chez Liantis, un contrat salarial commence le {startDate} : ce n'est pas une date entre 1900 et 2100. {effect}",
          en: "A wage contract starts on {startDate} at Liantis: not a date between 1900 and 2100. {effect}",
        },
      },
    },
  },
  MULTIPLE_ACTIVE_CONTRACTS: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "worker",
    title: {
      nl: "Meerdere lopende contracten",
      fr: "Plusieurs contrats en cours",
      en: "Several running contracts",
    },
    cause: {
      nl: "Bij Liantis lopen {count} looncontracten tegelijk, begonnen op {startDates}. Payflip telt ze niet op en weet niet welk loon telt: het laatst gekozen contract blijft gelden, en zonder eerdere keuze is er geen actief loon.",
      fr: "Chez Liantis, {count} contrats salariaux sont en cours en même temps, commencés le {startDates}. Payflip ne les additionne pas et ne sait pas quel salaire compte : le dernier contrat retenu reste valable et, sans choix antérieur, il n'y a pas de salaire actif.",
      en: "At Liantis, {count} wage contracts run at the same time, started on {startDates}. Payflip does not add them up and cannot tell which wage counts: the contract chosen last stays current, and without an earlier choice there is no active wage.",
    },
    remedy: {
      nl: `${openWorker.nl}, kies de persoon en geef het contract dat niet meer loopt een einddatum. ${syncAgain.nl} Lopen ze echt allebei? ${toSupport.nl}.`,
      fr: `${openWorker.fr}, choisissez la personne et donnez une date de fin au contrat qui ne court plus. ${syncAgain.fr} Sont-ils vraiment tous les deux en cours ? ${toSupport.fr}.`,
      en: `${openWorker.en}, choose the person and give the contract that no longer runs an end date. ${syncAgain.en} Do they really both run? ${toSupport.en}.`,
    },
  },
  CONTRACT_OVERLAP_HISTORY: {
    severity: "notice",
    who: "customer",
    about: "person",
    place: "worker",
    title: { nl: "Contracten overlappen", fr: "Contrats qui se chevauchent", en: "Contracts overlap" },
    cause: {
      nl: "Een ouder looncontract zonder einddatum loopt bij Liantis nog naast een nieuwer. Samen is dat meer dan voltijds; daarom telt in Payflip het nieuwste, met startdatum {startDate}.",
      fr: "Chez Liantis, un ancien contrat salarial sans date de fin court encore à côté d'un plus récent. Ensemble, ils dépassent un temps plein ; dans Payflip, c'est donc le plus récent qui compte, avec date de début {startDate}.",
      en: "At Liantis, an older wage contract without an end date still runs beside a newer one. Together they are more than full time, so in Payflip the newest counts, with start date {startDate}.",
    },
    remedy: {
      nl: "Je hoeft niets te doen. Wil je het opruimen, geef dan het oudere contract een einddatum in MyLiantis > Medewerkers.",
      fr: "Vous n'avez rien à faire. Pour mettre de l'ordre, donnez une date de fin à l'ancien contrat dans MyLiantis > Collaborateurs.",
      en: "There is nothing you have to do. To tidy up, give the older contract an end date in MyLiantis > Employees.",
    },
    variants: {
      duplicates: {
        cause: {
          nl: "Hetzelfde looncontract (startdatum {startDate}) staat meer dan eens bij Liantis. In Payflip telt het één keer.",
          fr: "Le même contrat salarial (date de début {startDate}) figure plus d'une fois chez Liantis. Dans Payflip, il ne compte qu'une fois.",
          en: "The same wage contract (start date {startDate}) stands more than once at Liantis. In Payflip it counts once.",
        },
        remedy: {
          nl: "Je hoeft niets te doen. Wil je het opruimen, verwijder dan het dubbele contract in MyLiantis > Medewerkers.",
          fr: "Vous n'avez rien à faire. Pour mettre de l'ordre, supprimez le contrat en double dans MyLiantis > Collaborateurs.",
          en: "There is nothing you have to do. To tidy up, delete the duplicate contract in MyLiantis > Employees.",
        },
      },
    },
  },
  FUTURE_CONTRACT_ONLY: {
    severity: "notice",
    who: "customer",
    about: "person",
    place: "worker",
    title: { nl: "Contract begint later", fr: "Contrat à venir", en: "Contract starts later" },
    cause: {
      nl: "Deze persoon heeft vandaag geen lopend looncontract; het eerstvolgende begint op {startDate}.",
      fr: "Cette personne n'a pas de contrat salarial en cours aujourd'hui ; le prochain commence le {startDate}.",
      en: "This person has no wage contract that runs today; the next one starts on {startDate}.",
    },
    remedy: {
      nl: "Je hoeft niets te doen: op die dag neemt Payflip het loon vanzelf over. Klopt de datum niet? Verbeter ze in MyLiantis > Medewerkers.",
      fr: "Vous n'avez rien à faire : ce jour-là, Payflip reprendra le salaire de lui-même. La date est fausse ? Corrigez-la dans MyLiantis > Collaborateurs.",
      en: "There is nothing to do: on that day Payflip takes the wage over by itself. Is the date wrong? Correct it in MyLiantis > Employees.",
    },
  },
  RETROACTIVE_CHANGE: {
    severity: "notice",
    who: "customer",
    about: "contract",
    place: "payflip_employee",
    event: true,
    title: {
      nl: "Loon met terugwerkende kracht",
      fr: "Salaire avec effet rétroactif",
      en: "Pay changed for the past",
    },
    cause: {
      nl: "Een looncontract dat al liep sinds {startDate}, is bij Liantis gewijzigd of toegevoegd. Dat kan maanden raken die al uitbetaald zijn.",
      fr: "Un contrat salarial qui court déjà depuis le {startDate} a été modifié ou ajouté chez Liantis. Cela peut toucher des mois déjà payés.",
      en: "A wage contract that has run since {startDate} was changed or added at Liantis. That can touch months that have been paid already.",
    },
    remedy: {
      nl: "Kijk in Payflip na of de budgetten van deze persoon nog kloppen, bijvoorbeeld die van de eindejaarspremie.",
      fr: "Vérifiez dans Payflip si les budgets de cette personne sont encore corrects, par exemple celui de la prime de fin d'année.",
      en: "Check in Payflip whether the budgets of this person are still right, for instance that of the end-of-year premium.",
    },
  },
} as const satisfies Record<string, IssueEntry>;
