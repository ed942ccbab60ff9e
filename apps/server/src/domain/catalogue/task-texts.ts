import type { RaisedTaskKind, TaskEntry } from "./task-entry.ts";
import { openWorker, syncAgain, toManager, toSupport } from "./text-phrases.ts";

/** What an admin reads of somebody who seems to have left, and what there is to do then (Payflip: "when one of your employees leaves"). */
const leaver: TaskEntry = {
  about: "person",
  place: "employee",
  title: { nl: "Misschien uit dienst", fr: "Peut-être sorti de service", en: "May have left" },
  text: {
    nl: "Volgens Liantis werkt deze persoon (personeelsnummer {employeeNumber}) hier niet meer sinds {date}. Einddatums worden niet gesynchroniseerd: in Payflip blijft alles zoals het is tot je zelf beslist.",
    fr: "Selon Liantis, cette personne (numéro de travailleur {employeeNumber}) ne travaille plus ici depuis le {date}. Les dates de fin ne sont pas synchronisées : dans Payflip, rien ne change tant que vous ne décidez pas vous-même.",
    en: "According to Liantis this person (employee number {employeeNumber}) has not worked here since {date}. End dates are not synchronised: in Payflip everything stays as it is until you decide.",
  },
  variants: {
    absent: {
      nl: "Liantis vermeldt deze persoon (personeelsnummer {employeeNumber}) niet meer sinds {date}. Einddatums worden niet gesynchroniseerd: in Payflip blijft alles zoals het is tot je zelf beslist.",
      fr: "Liantis ne mentionne plus cette personne (numéro de travailleur {employeeNumber}) depuis le {date}. Les dates de fin ne sont pas synchronisées : dans Payflip, rien ne change tant que vous ne décidez pas vous-même.",
      en: "Liantis has not listed this person (employee number {employeeNumber}) since {date}. End dates are not synchronised: in Payflip everything stays as it is until you decide.",
    },
    no_contract: {
      nl: "Deze persoon (personeelsnummer {employeeNumber}) heeft bij Liantis geen lopend contract meer sinds {date}. Einddatums worden niet gesynchroniseerd: in Payflip blijft alles zoals het is tot je zelf beslist.",
      fr: "Cette personne (numéro de travailleur {employeeNumber}) n'a plus de contrat en cours chez Liantis depuis le {date}. Les dates de fin ne sont pas synchronisées : dans Payflip, rien ne change tant que vous ne décidez pas vous-même.",
      en: "This person (employee number {employeeNumber}) has had no running contract at Liantis since {date}. End dates are not synchronised: in Payflip everything stays as it is until you decide.",
    },
  },
  steps: [
    {
      nl: `${openWorker.nl} en kijk na of deze persoon echt uit dienst is en sinds wanneer.`,
      fr: `${openWorker.fr} et vérifiez si cette personne est vraiment sortie de service, et depuis quand.`,
      en: `${openWorker.en} and check whether this person has really left, and since when.`,
    },
    {
      nl: "Kies in Payflip Gebruikers > de persoon > Deactiveren en vul de laatste dag in. Payflip maakt dan de uitdienstberekening.",
      fr: "Dans Payflip, choisissez Utilisateurs > la personne > Désactiver et complétez le dernier jour. Payflip établit alors le décompte de sortie.",
      en: "In Payflip choose Users > the person > Deactivate and fill in the last day. Payflip then makes the exit calculation.",
    },
    {
      nl: "Kijk de lopende voordelen na, zoals verzekeringen en leasing, en regel wat stopt of overgedragen wordt. Voor de ambulante verzekering van Liantis is er niets te doen.",
      fr: "Passez en revue les avantages en cours, comme les assurances et les leasings, et réglez ce qui s'arrête ou est transféré. Pour l'assurance ambulatoire de Liantis, il n'y a rien à faire.",
      en: "Go through the running benefits, such as insurances and leases, and settle what stops or is taken over. For Liantis' ambulatory insurance there is nothing to do.",
    },
    {
      nl: "Reken wat er van de budgetten overblijft af volgens de uitdienstberekening.",
      fr: "Réglez le solde des budgets selon le décompte de sortie.",
      en: "Settle what is left of the budgets as the exit calculation says.",
    },
    {
      nl: `Werkt deze persoon hier nog? Verbeter het dan bij Liantis. ${syncAgain.nl} De taak sluit dan vanzelf.`,
      fr: `Cette personne travaille-t-elle encore ici ? Corrigez-le alors chez Liantis. ${syncAgain.fr} La tâche se ferme alors d'elle-même.`,
      en: `Does this person still work here? Then correct it at Liantis. ${syncAgain.en} The task then closes by itself.`,
    },
  ],
};

const newcomersWaiting: TaskEntry = {
  about: "entity",
  place: "picker",
  title: {
    nl: "Nieuwe mensen wachten op je keuze",
    fr: "De nouvelles personnes attendent votre choix",
    en: "Newcomers are waiting for your choice",
  },
  text: {
    nl: "Aantal mensen dat Liantis vermeldt en over wie je nog niet beslist hebt: {count}. Zolang je niet kiest, komen ze niet in Payflip.",
    fr: "Nombre de personnes que Liantis mentionne et pour lesquelles vous n'avez pas encore décidé : {count}. Tant que vous ne choisissez pas, elles n'arrivent pas dans Payflip.",
    en: "Number of people whom Liantis lists and about whom you have not decided yet: {count}. As long as you do not choose, they do not come to Payflip.",
  },
  steps: [
    {
      nl: "Open de lijst van medewerkers van de Liantis-integratie.",
      fr: "Ouvrez la liste des collaborateurs de l'intégration Liantis.",
      en: "Open the list of people of the Liantis integration.",
    },
    {
      nl: "Kies wie gesynchroniseerd wordt en sluit de anderen uit: naar hen wordt niet meer gevraagd.",
      fr: "Choisissez qui est synchronisé et excluez les autres : la question ne sera plus posée pour eux.",
      en: "Choose who is synchronised and exclude the others: you are not asked about them again.",
    },
  ],
};

const contractEnding: TaskEntry = {
  about: "person",
  place: "employee",
  title: {
    nl: "Contract loopt binnenkort af",
    fr: "Contrat bientôt à son terme",
    en: "Contract ends soon",
  },
  text: {
    nl: "Het huidige looncontract van deze persoon (personeelsnummer {employeeNumber}) loopt tot en met {date}, en Liantis heeft nog geen volgend.",
    fr: "Le contrat salarial actuel de cette personne (numéro de travailleur {employeeNumber}) court jusqu'au {date} inclus, et Liantis n'en a pas encore de suivant.",
    en: "The current wage contract of this person (employee number {employeeNumber}) runs up to and including {date}, and Liantis has no following one yet.",
  },
  steps: [
    {
      nl: `Wordt het contract verlengd? ${openWorker.nl} en vul het nieuwe contract of de nieuwe einddatum in. ${syncAgain.nl}`,
      fr: `Le contrat est-il prolongé ? ${openWorker.fr} et complétez le nouveau contrat ou la nouvelle date de fin. ${syncAgain.fr}`,
      en: `Is the contract prolonged? ${openWorker.en} and fill in the new contract or the new end date. ${syncAgain.en}`,
    },
    {
      nl: "Gaat de persoon weg? Bereid dan het vertrek voor: voordelen, budgetten en de einddatum in Payflip.",
      fr: "La personne s'en va-t-elle ? Préparez alors son départ : avantages, budgets et date de fin dans Payflip.",
      en: "Is the person leaving? Then prepare for it: benefits, budgets and the end date in Payflip.",
    },
  ],
};

const entityMove: TaskEntry = {
  about: "person",
  place: "case",
  title: {
    nl: "Misschien van entiteit veranderd",
    fr: "Peut-être passé dans une autre entité",
    en: "May have moved to another entity",
  },
  text: {
    nl: "Liantis vermeldt hier iemand (personeelsnummer {employeeNumber}) met het e-mailadres van een medewerker van een andere entiteit van je bedrijf. Wie verhuist, houdt account, taal, budgetten en geschiedenis.",
    fr: "Liantis mentionne ici quelqu'un (numéro de travailleur {employeeNumber}) avec l'adresse e-mail d'un collaborateur d'une autre entité de votre entreprise. Qui change d'entité conserve son compte, sa langue, ses budgets et son historique.",
    en: "Liantis lists somebody here (employee number {employeeNumber}) with the e-mail address of an employee of another entity of your company. Whoever moves keeps account, language, budgets and history.",
  },
  steps: [
    {
      nl: "Vergelijk beide gegevens naast elkaar: gaat het om dezelfde persoon?",
      fr: "Comparez les deux fiches côte à côte : s'agit-il de la même personne ?",
      en: "Compare both records side by side: is it the same person?",
    },
    {
      nl: `Zo ja, bevestig de verhuis; zo nee, wijs ze af en verbeter het e-mailadres in MyLiantis. Kan je niet in beide entiteiten? ${toSupport.nl}.`,
      fr: `Si oui, confirmez le passage ; si non, refusez-le et corrigez l'adresse e-mail dans MyLiantis. Vous n'avez pas accès aux deux entités ? ${toSupport.fr}.`,
      en: `If so, confirm the move; if not, decline it and correct the e-mail address in MyLiantis. You cannot enter both entities? ${toSupport.en}.`,
    },
  ],
};

const support: TaskEntry = {
  about: "entity",
  place: "connection",
  title: {
    nl: "Al 28 dagen geen synchronisatie met Liantis",
    fr: "Aucune synchronisation avec Liantis depuis 28 jours",
    en: "No synchronisation with Liantis for 28 days",
  },
  text: {
    nl: "Sinds {date} lukte geen enkele synchronisatie door problemen aan de kant van Liantis. De integratie is gepauzeerd; wat gesynchroniseerd was, blijft staan.",
    fr: "Depuis le {date}, aucune synchronisation n'a abouti à cause de problèmes du côté de Liantis. L'intégration est en pause ; ce qui était synchronisé est conservé.",
    en: "Since {date} no synchronisation has succeeded because of trouble at Liantis. The integration is paused; what was synchronised stays.",
  },
  steps: [
    {
      nl: `Je customer success manager ziet dit ook en bespreekt het met Liantis. ${toManager.nl} als je er meer over wilt weten.`,
      fr: `Votre customer success manager le voit aussi et en parle avec Liantis. ${toManager.fr} pour en savoir plus.`,
      en: `Your customer success manager sees this too and takes it up with Liantis. ${toManager.en} to know more.`,
    },
    {
      nl: "Zet de integratie weer aan zodra het bij Liantis in orde is: Instellingen > Integraties > Liantis-integratie. De achterstand wordt dan ingehaald.",
      fr: "Réactivez l'intégration dès que tout est rétabli chez Liantis : Paramètres > Intégrations > Intégration Liantis. Le retard est alors rattrapé.",
      en: "Switch the integration on again once Liantis has put it right: Settings > Integrations > Liantis integration. What was missed is then caught up.",
    },
  ],
};

export const taskTexts: Readonly<Record<RaisedTaskKind, TaskEntry>> = {
  leaver,
  newcomers_waiting: newcomersWaiting,
  contract_ending: contractEnding,
  entity_move: entityMove,
  support,
};
