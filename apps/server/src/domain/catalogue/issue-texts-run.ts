import type { IssueEntry } from "./issue-entry.ts";
import { companyDetails, mainUser, toSupport } from "./text-phrases.ts";

/** Issues about a whole run or connection. */
export const runIssues = {
  SOURCE_LOOKS_WRONG: {
    severity: "error",
    who: "customer",
    about: "run",
    place: "workers",
    title: {
      nl: "De gegevens van Liantis lijken niet te kloppen",
      fr: "Les données de Liantis semblent incorrectes",
      en: "The data from Liantis looks wrong",
    },
    cause: {
      nl: "Vergeleken met de vorige sync ontbreken er opvallend veel personen of gegevens. Daarom is er niets gewijzigd in Payflip.",
      fr: "Par rapport à la synchronisation précédente, il manque un nombre inhabituel de personnes ou de données. Rien n'a donc été modifié dans Payflip.",
      en: "Compared with the previous sync, strikingly many people or data are missing. That is why nothing was changed in Payflip.",
    },
    remedy: {
      nl: "Kijk de lijst na in MyLiantis > Medewerkers. Klopt ze? Aanvaard dan de tegengehouden sync in Payflip onder Integraties > Liantis. Klopt ze niet? Verwerp hem en verbeter de gegevens in MyLiantis.",
      fr: "Vérifiez la liste dans MyLiantis > Collaborateurs. Est-elle correcte ? Acceptez alors la synchronisation retenue dans Payflip, sous Intégrations > Liantis. Sinon, rejetez-la et corrigez les données dans MyLiantis.",
      en: "Check the list in MyLiantis > Employees. Is it right? Then accept the held sync in Payflip under Integrations > Liantis. If it is not, reject it and correct the data in MyLiantis.",
    },
  },
  CONSENT_REVOKED: {
    severity: "error",
    who: "customer",
    about: "run",
    place: "activation",
    title: {
      nl: "Toestemming bij Liantis ingetrokken",
      fr: "Consentement retiré chez Liantis",
      en: "Consent at Liantis withdrawn",
    },
    cause: {
      nl: "De toestemming om gegevens van Liantis met Payflip te delen bestaat niet meer. De sync staat stil; alles wat al in Payflip staat, blijft staan.",
      fr: "Le consentement pour partager les données de Liantis avec Payflip n'existe plus. La synchronisation est à l'arrêt ; tout ce qui est déjà dans Payflip y reste.",
      en: "The consent to share data from Liantis with Payflip no longer exists. The sync has stopped; everything that is in Payflip already stays there.",
    },
    remedy: {
      nl: `Ga naar Instellingen > Integraties > Liantis-integratie en geef opnieuw toestemming. Dat kan alleen een ${mainUser.nl}.`,
      fr: `Allez dans Paramètres > Intégrations > Intégration Liantis et donnez à nouveau le consentement. Seul un ${mainUser.fr} peut le faire.`,
      en: `Go to Settings > Integrations > Liantis integration and give consent again. Only a ${mainUser.en} can do so.`,
    },
  },
  VAT_CHANGED_SINCE_ACTIVATION: {
    severity: "error",
    who: "customer",
    about: "run",
    place: "integration",
    title: {
      nl: "Btw-nummer gewijzigd sinds de activatie",
      fr: "Numéro de TVA modifié depuis l'activation",
      en: "VAT number changed since the activation",
    },
    cause: {
      nl: "De toestemming bij Liantis geldt voor {consented}, maar in Bedrijfsgegevens staat nu: {number}. De sync staat stil, zodat er geen gegevens van een ander bedrijf binnenkomen; alles wat al in Payflip staat, blijft staan.",
      fr: "Le consentement chez Liantis vaut pour {consented}, mais les informations de l'entreprise indiquent maintenant : {number}. La synchronisation est à l'arrêt, pour qu'aucune donnée d'une autre entreprise n'arrive ; tout ce qui est déjà dans Payflip y reste.",
      en: "The consent at Liantis is for {consented}, but Company details now say: {number}. The sync has stopped, so that no data of another company comes in; everything that is in Payflip already stays there.",
    },
    remedy: {
      nl: `Is het nog hetzelfde bedrijf? Zet dan het vorige nummer terug onder ${companyDetails.nl}: de sync herneemt vanzelf. Is het een ander bedrijf? Geef dan opnieuw toestemming onder Instellingen > Integraties > Liantis-integratie. Dat kan alleen een ${mainUser.nl}.`,
      fr: `Est-ce toujours la même entreprise ? Remettez alors le numéro précédent sous ${companyDetails.fr} : la synchronisation reprend d'elle-même. Est-ce une autre entreprise ? Donnez alors à nouveau le consentement sous Paramètres > Intégrations > Intégration Liantis. Seul un ${mainUser.fr} peut le faire.`,
      en: `Is it still the same company? Then put the previous number back under ${companyDetails.en}: the sync resumes by itself. Is it another company? Then give consent again under Settings > Integrations > Liantis integration. Only a ${mainUser.en} can do so.`,
    },
  },
  PARTNER_AUTH_FAILED: {
    severity: "error",
    who: "operator",
    about: "run",
    place: "integration",
    title: {
      nl: "Tijdelijk probleem aan onze kant",
      fr: "Problème temporaire de notre côté",
      en: "Temporary problem on our side",
    },
    cause: {
      nl: "Payflip kan zich op dit moment niet aanmelden bij Liantis. Dat ligt aan ons, niet aan jouw gegevens of toestemming. Er gaat niets verloren.",
      fr: "Payflip ne parvient pas à se connecter à Liantis pour le moment. Cela vient de nous, pas de vos données ni de votre consentement. Rien n'est perdu.",
      en: "Payflip cannot sign in to Liantis at the moment. That is our doing, not your data or consent. Nothing is lost.",
    },
    remedy: {
      nl: "Je hoeft niets te doen: ons team is verwittigd en de sync herneemt vanzelf.",
      fr: "Vous n'avez rien à faire : notre équipe est prévenue et la synchronisation reprendra d'elle-même.",
      en: "There is nothing you have to do: our team has been alerted and the sync will resume by itself.",
    },
  },
  LIANTIS_UNAVAILABLE: {
    severity: "warning",
    who: "operator",
    about: "run",
    place: "integration",
    title: { nl: "Liantis antwoordt niet", fr: "Liantis ne répond pas", en: "Liantis does not answer" },
    cause: {
      nl: "Liantis was niet bereikbaar of antwoordde te traag om de sync af te maken. Er gaat niets verloren.",
      fr: "Liantis n'était pas joignable ou répondait trop lentement pour terminer la synchronisation. Rien n'est perdu.",
      en: "Liantis could not be reached, or answered too slowly for the sync to finish. Nothing is lost.",
    },
    remedy: {
      nl: `Je hoeft niets te doen: Payflip probeert het vanzelf opnieuw. Duurt het langer dan een dag? ${toSupport.nl}.`,
      fr: `Vous n'avez rien à faire : Payflip réessaie de lui-même. Cela dure plus d'une journée ? ${toSupport.fr}.`,
      en: `There is nothing you have to do: Payflip tries again by itself. Does it take more than a day? ${toSupport.en}.`,
    },
  },
  LISTING_INCOMPLETE: {
    severity: "warning",
    who: "operator",
    about: "run",
    place: "integration",
    title: { nl: "Lijst onvolledig", fr: "Liste incomplète", en: "List incomplete" },
    cause: {
      nl: "Liantis gaf ook na een tweede poging niet de volledige lijst van personen. Een halve lijst passen we nooit toe: er is niets gewijzigd.",
      fr: "Même après une seconde tentative, Liantis n'a pas donné la liste complète des personnes. Nous n'appliquons jamais une liste partielle : rien n'a été modifié.",
      en: "Even at a second attempt, Liantis did not give the complete list of people. We never apply half a list: nothing was changed.",
    },
    remedy: {
      nl: `Je hoeft niets te doen: Payflip probeert het vanzelf opnieuw. Blijft de melding staan? ${toSupport.nl}.`,
      fr: `Vous n'avez rien à faire : Payflip réessaie de lui-même. Le message persiste ? ${toSupport.fr}.`,
      en: `There is nothing you have to do: Payflip tries again by itself. Does the issue stay? ${toSupport.en}.`,
    },
  },
} as const satisfies Record<string, IssueEntry>;
