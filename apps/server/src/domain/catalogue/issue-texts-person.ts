import type { IssueEntry } from "./issue-entry.ts";
import { openWorker, syncAgain, toSupport } from "./text-phrases.ts";

/** Issues about a person. Texts name an employee number and never a wage. */
export const personIssues = {
  EMAIL_MISSING: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "worker",
    title: { nl: "E-mailadres ontbreekt", fr: "Adresse e-mail manquante", en: "E-mail address missing" },
    cause: {
      nl: "Bij Liantis is geen e-mailadres ingevuld voor deze persoon (personeelsnummer {employeeNumber}). {effect}",
      fr: "Chez Liantis, aucune adresse e-mail n'est renseignée pour cette personne (numéro de travailleur {employeeNumber}). {effect}",
      en: "Liantis has no e-mail address for this person (employee number {employeeNumber}). {effect}",
    },
    remedy: {
      nl: `${openWorker.nl}, kies de persoon en vul het e-mailadres in. ${syncAgain.nl}`,
      fr: `${openWorker.fr}, choisissez la personne et complétez l'adresse e-mail. ${syncAgain.fr}`,
      en: `${openWorker.en}, choose the person and fill in the e-mail address. ${syncAgain.en}`,
    },
  },
  EMAIL_INVALID: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "worker",
    title: { nl: "E-mailadres klopt niet", fr: "Adresse e-mail incorrecte", en: "E-mail address not valid" },
    cause: {
      nl: "Het e-mailadres bij Liantis, “{email}”, is geen bruikbaar adres (personeelsnummer {employeeNumber}). {effect}",
      fr: "L'adresse e-mail chez Liantis, « {email} », n'est pas une adresse utilisable (numéro de travailleur {employeeNumber}). {effect}",
      en: "The e-mail address at Liantis, “{email}”, is not a usable address (employee number {employeeNumber}). {effect}",
    },
    remedy: {
      nl: `${openWorker.nl}, kies de persoon en verbeter het e-mailadres. ${syncAgain.nl}`,
      fr: `${openWorker.fr}, choisissez la personne et corrigez l'adresse e-mail. ${syncAgain.fr}`,
      en: `${openWorker.en}, choose the person and correct the e-mail address. ${syncAgain.en}`,
    },
  },
  EMAIL_DUPLICATE_IN_LIANTIS: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "worker",
    title: {
      nl: "Zelfde e-mailadres voor verschillende personen",
      fr: "Même adresse e-mail pour plusieurs personnes",
      en: "Same e-mail address for several people",
    },
    cause: {
      nl: "Bij Liantis hebben verschillende personen het adres “{email}”: personeelsnummer {employeeNumber}, en ook {otherEmployeeNumbers}. Payflip kan niet weten van wie het is. {effect}",
      fr: "Chez Liantis, plusieurs personnes ont l'adresse « {email} » : numéro de travailleur {employeeNumber}, et aussi {otherEmployeeNumbers}. Payflip ne peut pas savoir à qui elle appartient. {effect}",
      en: "At Liantis, several people have the address “{email}”: employee number {employeeNumber}, and also {otherEmployeeNumbers}. Payflip cannot tell whose it is. {effect}",
    },
    remedy: {
      nl: `${openWorker.nl} en geef elk van hen een eigen e-mailadres. ${syncAgain.nl}`,
      fr: `${openWorker.fr} et donnez à chacune sa propre adresse e-mail. ${syncAgain.fr}`,
      en: `${openWorker.en} and give each of them an e-mail address of their own. ${syncAgain.en}`,
    },
    variants: {
      holder_linked: {
        cause: {
          nl: "Bij Liantis hebben verschillende personen het adres “{email}”: personeelsnummer {employeeNumber}, en ook {otherEmployeeNumbers}. Een van hen gebruikt het al in Payflip en houdt het. {effect}",
          fr: "Chez Liantis, plusieurs personnes ont l'adresse « {email} » : numéro de travailleur {employeeNumber}, et aussi {otherEmployeeNumbers}. L'une d'elles l'utilise déjà dans Payflip et la conserve. {effect}",
          en: "At Liantis, several people have the address “{email}”: employee number {employeeNumber}, and also {otherEmployeeNumbers}. One of them already uses it in Payflip and keeps it. {effect}",
        },
      },
    },
  },
  EMAIL_ALREADY_IN_USE_OTHER_ENTITY: {
    severity: "error",
    who: "support",
    about: "person",
    place: "move",
    title: {
      nl: "E-mailadres in gebruik bij een andere entiteit",
      fr: "Adresse e-mail utilisée dans une autre entité",
      en: "E-mail address in use at another entity",
    },
    cause: {
      nl: "Er bestaat al een Payflip-account met dit e-mailadres, bij een andere entiteit van je bedrijf. Misschien is deze persoon (personeelsnummer {employeeNumber}) van entiteit veranderd; dat verwerkt de integratie niet vanzelf. {effect}",
      fr: "Un compte Payflip avec cette adresse e-mail existe déjà, dans une autre entité de votre entreprise. Cette personne (numéro de travailleur {employeeNumber}) a peut-être changé d'entité ; l'intégration ne traite pas cela d'elle-même. {effect}",
      en: "A Payflip account with this e-mail address already exists, at another entity of your company. This person (employee number {employeeNumber}) may have moved to another entity; the integration does not handle that by itself. {effect}",
    },
    remedy: {
      nl: `${toSupport.nl}. We bekijken samen of deze persoon mag verhuizen, met account en budgetten.`,
      fr: `${toSupport.fr}. Nous verrons ensemble si cette personne peut changer d'entité, avec son compte et ses budgets.`,
      en: `${toSupport.en}. Together we review whether this person may move, account and budgets included.`,
    },
  },
  EMAIL_ALREADY_IN_USE_SAME_ENTITY: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "worker",
    title: {
      nl: "E-mailadres al van iemand anders",
      fr: "Adresse e-mail déjà attribuée",
      en: "E-mail address already taken",
    },
    cause: {
      nl: "Het adres “{email}” (personeelsnummer {employeeNumber}) is in Payflip al van iemand anders van je bedrijf. {effect}",
      fr: "Dans Payflip, l'adresse « {email} » (numéro de travailleur {employeeNumber}) appartient déjà à une autre personne de votre entreprise. {effect}",
      en: "In Payflip, the address “{email}” (employee number {employeeNumber}) already belongs to someone else of your company. {effect}",
    },
    remedy: {
      nl: `${openWorker.nl} en geef elk van beiden een eigen e-mailadres. ${syncAgain.nl}`,
      fr: `${openWorker.fr} et donnez à chacune des deux sa propre adresse e-mail. ${syncAgain.fr}`,
      en: `${openWorker.en} and give each of the two an e-mail address of their own. ${syncAgain.en}`,
    },
  },
  EMAIL_USED_BY_OTHER_CUSTOMER: {
    severity: "error",
    who: "support",
    about: "person",
    place: "worker",
    title: {
      nl: "E-mailadres niet bruikbaar",
      fr: "Adresse e-mail non utilisable",
      en: "E-mail address cannot be used",
    },
    cause: {
      nl: "Het e-mailadres van deze persoon (personeelsnummer {employeeNumber}) kan in Payflip niet gebruikt worden. {effect}",
      fr: "L'adresse e-mail de cette personne (numéro de travailleur {employeeNumber}) ne peut pas être utilisée dans Payflip. {effect}",
      en: "The e-mail address of this person (employee number {employeeNumber}) cannot be used in Payflip. {effect}",
    },
    remedy: {
      nl: `Vul in MyLiantis > Medewerkers een ander e-mailadres in en kies in Payflip Integraties > Liantis > Sync nu. Moet het dit adres zijn? ${toSupport.nl}.`,
      fr: `Indiquez une autre adresse e-mail dans MyLiantis > Collaborateurs et choisissez dans Payflip Intégrations > Liantis > Synchroniser maintenant. Faut-il garder cette adresse ? ${toSupport.fr}.`,
      en: `Fill in another e-mail address in MyLiantis > Employees and choose Integrations > Liantis > Sync now in Payflip. Does it have to be this one? ${toSupport.en}.`,
    },
  },
  EMAIL_CHANGED: {
    severity: "notice",
    who: "customer",
    about: "person",
    place: "payflip_employee",
    event: true,
    title: { nl: "E-mailadres gewijzigd", fr: "Adresse e-mail modifiée", en: "E-mail address changed" },
    cause: {
      nl: "Het e-mailadres van deze persoon is bij Liantis gewijzigd in {email}. Wie nog niet uitgenodigd is, meldt zich met het nieuwe adres aan; wie al uitgenodigd is, behoudt voorlopig het oude om zich aan te melden.",
      fr: "Chez Liantis, l'adresse e-mail de cette personne est devenue {email}. Qui n'est pas encore invité se connectera avec la nouvelle adresse ; qui l'est déjà garde pour l'instant l'ancienne pour se connecter.",
      en: "At Liantis this person's e-mail address was changed to {email}. Whoever was not invited yet signs in with the new address; whoever was keeps the old one to sign in with for now.",
    },
    remedy: {
      nl: "Klopt het adres? Dan hoef je niets te doen. Klopt het niet: verbeter het in MyLiantis > Medewerkers.",
      fr: "L'adresse est correcte ? Vous n'avez rien à faire. Sinon, corrigez-la dans MyLiantis > Collaborateurs.",
      en: "Is the address right? Then there is nothing to do. If not, correct it in MyLiantis > Employees.",
    },
  },
  EMAIL_DOMAIN_UNUSUAL: {
    severity: "warning",
    who: "customer",
    about: "person",
    place: "worker",
    title: { nl: "Ongewoon e-maildomein", fr: "Domaine e-mail inhabituel", en: "Unusual e-mail domain" },
    cause: {
      nl: "Het e-mailadres van deze persoon eindigt op {domain}, niet op {expectedDomain}. Met een privéadres kan aanmelden via je bedrijf mislukken.",
      fr: "L'adresse e-mail de cette personne se termine par {domain}, et non par {expectedDomain}. Avec une adresse privée, la connexion via votre entreprise peut échouer.",
      en: "The e-mail address of this person ends in {domain}, not in {expectedDomain}. With a private address, signing in through your company may fail.",
    },
    remedy: {
      nl: `Is dit zo bedoeld? Aanvaard dan deze melding. Anders: vul in MyLiantis > Medewerkers het werkadres in. ${syncAgain.nl}`,
      fr: `Est-ce voulu ? Acceptez alors cet avertissement. Sinon, indiquez l'adresse professionnelle dans MyLiantis > Collaborateurs. ${syncAgain.fr}`,
      en: `Is this intended? Then accept this warning. Otherwise fill in the work address in MyLiantis > Employees. ${syncAgain.en}`,
    },
  },
  NAME_MISSING: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "worker",
    title: { nl: "Naam onvolledig", fr: "Nom incomplet", en: "Name incomplete" },
    cause: {
      nl: "Bij Liantis ontbreekt: {field} (personeelsnummer {employeeNumber}). {effect}",
      fr: "Il manque chez Liantis : {field} (numéro de travailleur {employeeNumber}). {effect}",
      en: "Missing at Liantis: {field} (employee number {employeeNumber}). {effect}",
    },
    remedy: {
      nl: `${openWorker.nl}, kies de persoon en vul de naam aan. ${syncAgain.nl}`,
      fr: `${openWorker.fr}, choisissez la personne et complétez le nom. ${syncAgain.fr}`,
      en: `${openWorker.en}, choose the person and complete the name. ${syncAgain.en}`,
    },
  },
  START_DATE_MISSING: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "worker",
    title: { nl: "Startdatum ontbreekt", fr: "Date de début manquante", en: "Start date missing" },
    cause: {
      nl: "Bij Liantis is geen datum in dienst ingevuld voor deze persoon (personeelsnummer {employeeNumber}). {effect}",
      fr: "Chez Liantis, aucune date d'entrée en service n'est renseignée pour cette personne (numéro de travailleur {employeeNumber}). {effect}",
      en: "Liantis has no start date for this person (employee number {employeeNumber}). {effect}",
    },
    remedy: {
      nl: `${openWorker.nl}, kies de persoon en vul de datum in dienst in. ${syncAgain.nl}`,
      fr: `${openWorker.fr}, choisissez la personne et complétez la date d'entrée en service. ${syncAgain.fr}`,
      en: `${openWorker.en}, choose the person and fill in the start date. ${syncAgain.en}`,
    },
  },
  START_DATE_INVALID: {
    severity: "error",
    who: "customer",
    about: "person",
    place: "worker",
    title: { nl: "Startdatum klopt niet", fr: "Date de début incorrecte", en: "Start date not valid" },
    cause: {
      nl: "De datum in dienst bij Liantis is {startDate} (personeelsnummer {employeeNumber}): geen datum tussen 1900 en 2100. {effect}",
      fr: "La date d'entrée en service chez Liantis est {startDate} (numéro de travailleur {employeeNumber}) : ce n'est pas une date entre 1900 et 2100. {effect}",
      en: "The start date at Liantis is {startDate} (employee number {employeeNumber}): not a date between 1900 and 2100. {effect}",
    },
    remedy: {
      nl: `${openWorker.nl}, kies de persoon en verbeter de datum in dienst. ${syncAgain.nl}`,
      fr: `${openWorker.fr}, choisissez la personne et corrigez la date d'entrée en service. ${syncAgain.fr}`,
      en: `${openWorker.en}, choose the person and correct the start date. ${syncAgain.en}`,
    },
    variants: {
      unreadable: {
        cause: {
          nl: "De datum in dienst bij Liantis is geen leesbare datum (personeelsnummer {employeeNumber}). {effect}",
          fr: "La date d'entrée en service chez Liantis n'est pas une date lisible (numéro de travailleur {employeeNumber}). {effect}",
          en: "The start date at Liantis is not a readable date (employee number {employeeNumber}). {effect}",
        },
      },
      after_contracts: {
        cause: {
          nl: "De datum in dienst bij Liantis is {startDate}, maar het laatste looncontract eindigt al op {endDate} (personeelsnummer {employeeNumber}). {effect}",
          fr: "La date d'entrée en service chez Liantis est {startDate}, mais le dernier contrat salarial se termine déjà le {endDate} (numéro de travailleur {employeeNumber}). {effect}",
          en: "The start date at Liantis is {startDate}, but the last wage contract ends on {endDate} already (employee number {employeeNumber}). {effect}",
        },
        remedy: {
          nl: `${openWorker.nl}, kies de persoon, verbeter de datum in dienst of voeg het nieuwe looncontract toe. ${syncAgain.nl}`,
          fr: `${openWorker.fr}, choisissez la personne, corrigez la date d'entrée en service ou ajoutez le nouveau contrat salarial. ${syncAgain.fr}`,
          en: `${openWorker.en}, choose the person, correct the start date or add the new wage contract. ${syncAgain.en}`,
        },
      },
    },
  },
} as const satisfies Record<string, IssueEntry>;
