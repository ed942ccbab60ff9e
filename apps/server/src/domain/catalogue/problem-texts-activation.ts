import type { ProblemEntry } from "./problem-entry.ts";
import {
  activateAgain,
  checkNumber,
  companyDetails,
  mainUser,
  toManager,
  toSupport,
} from "./text-phrases.ts";

/** Refusals on the way from "not set up" to "first sync started". */
export const activationProblems = {
  VAT_MISSING: {
    status: 422,
    title: { nl: "Btw-nummer ontbreekt", fr: "Numéro de TVA manquant", en: "Missing VAT number" },
    detail: {
      nl: "Bij Bedrijfsgegevens is geen btw-nummer ingevuld. Payflip heeft het nodig om je bedrijf bij Liantis te vinden.",
      fr: "Aucun numéro de TVA n'est renseigné dans les informations de l'entreprise. Payflip en a besoin pour trouver votre entreprise chez Liantis.",
      en: "No VAT number is filled in under Company details. Payflip needs it to find your company at Liantis.",
    },
    remedy: {
      nl: `Vul onder ${companyDetails.nl} het btw-nummer in, of het ondernemingsnummer als je niet btw-plichtig bent. ${activateAgain.nl}`,
      fr: `Complétez sous ${companyDetails.fr} le numéro de TVA, ou le numéro d'entreprise si vous n'êtes pas assujetti à la TVA. ${activateAgain.fr}`,
      en: `Fill in the VAT number under ${companyDetails.en}, or the enterprise number if you are not liable for VAT. ${activateAgain.en}`,
    },
  },
  VAT_INVALID: {
    status: 422,
    title: { nl: "Ongeldig btw-nummer", fr: "Numéro de TVA non valable", en: "Invalid VAT number" },
    detail: {
      nl: "Bij Bedrijfsgegevens staat “{read}”. Een btw-nummer heeft 10 cijfers, zonder het voorvoegsel BE.",
      fr: "Les informations de l'entreprise mentionnent « {read} ». Un numéro de TVA compte 10 chiffres, sans le préfixe BE.",
      en: "Company details say “{read}”. A VAT number has 10 digits, without the prefix BE.",
    },
    remedy: checkNumber,
    variants: {
      too_short: {
        detail: {
          nl: "Bij Bedrijfsgegevens staat “{read}”. Dat is te kort: een btw-nummer heeft 10 cijfers, zonder het voorvoegsel BE.",
          fr: "Les informations de l'entreprise mentionnent « {read} ». C'est trop court : un numéro de TVA compte 10 chiffres, sans le préfixe BE.",
          en: "Company details say “{read}”. That is too short: a VAT number has 10 digits, without the prefix BE.",
        },
      },
      too_long: {
        detail: {
          nl: "Bij Bedrijfsgegevens staat “{read}”. Dat is te lang: een btw-nummer heeft 10 cijfers, zonder het voorvoegsel BE.",
          fr: "Les informations de l'entreprise mentionnent « {read} ». C'est trop long : un numéro de TVA compte 10 chiffres, sans le préfixe BE.",
          en: "Company details say “{read}”. That is too long: a VAT number has 10 digits, without the prefix BE.",
        },
      },
      letters: {
        detail: {
          nl: "Bij Bedrijfsgegevens staat “{read}”. Daar staan andere tekens in dan cijfers: een btw-nummer heeft 10 cijfers, zonder het voorvoegsel BE.",
          fr: "Les informations de l'entreprise mentionnent « {read} ». Il s'y trouve autre chose que des chiffres : un numéro de TVA compte 10 chiffres, sans le préfixe BE.",
          en: "Company details say “{read}”. That has something other than digits in it: a VAT number has 10 digits, without the prefix BE.",
        },
      },
      establishment_number: {
        detail: {
          nl: "Bij Bedrijfsgegevens staat “{read}”. Dat is een vestigingseenheidsnummer (het begint met 2 tot 8). Het ondernemingsnummer van je bedrijf begint met 0 of 1.",
          fr: "Les informations de l'entreprise mentionnent « {read} ». C'est un numéro d'unité d'établissement (il commence par 2 à 8). Le numéro d'entreprise commence par 0 ou 1.",
          en: "Company details say “{read}”. That is an establishment unit number (it starts with 2 to 8). The enterprise number of your company starts with 0 or 1.",
        },
      },
      first_digit: {
        detail: {
          nl: "Bij Bedrijfsgegevens staat “{read}”. Een btw-nummer begint met 0 of 1.",
          fr: "Les informations de l'entreprise mentionnent « {read} ». Un numéro de TVA commence par 0 ou 1.",
          en: "Company details say “{read}”. A VAT number starts with 0 or 1.",
        },
      },
    },
    hints: {
      suggestion: {
        nl: "Bedoelde je {suggestion}?",
        fr: "Vouliez-vous dire {suggestion} ?",
        en: "Did you mean {suggestion}?",
      },
    },
  },
  COMPANY_NOT_FOUND: {
    status: 422,
    title: { nl: "Bedrijf niet gevonden", fr: "Entreprise introuvable", en: "Company not found" },
    detail: {
      nl: "Het nummer {enterpriseNumber} heeft de juiste vorm, maar staat niet in de lijst van bedrijven bij Liantis waarvoor de integratie beschikbaar is.",
      fr: "Le numéro {enterpriseNumber} a le bon format, mais ne figure pas dans la liste des entreprises chez Liantis pour lesquelles l'intégration est disponible.",
      en: "The number {enterpriseNumber} has the right format, but it is not in the list of companies at Liantis for which the integration is available.",
    },
    remedy: {
      nl: `Vergelijk het btw-nummer onder ${companyDetails.nl} met dat in MyLiantis; misschien is het dat van een andere entiteit van je groep. ${activateAgain.nl} Zijn de nummers gelijk? ${toManager.nl}.`,
      fr: `Comparez le numéro de TVA sous ${companyDetails.fr} avec celui dans MyLiantis ; c'est peut-être celui d'une autre entité de votre groupe. ${activateAgain.fr} Les numéros sont identiques ? ${toManager.fr}.`,
      en: `Compare the VAT number under ${companyDetails.en} with the one in MyLiantis; it may be that of another entity of your group. ${activateAgain.en} Are the numbers the same? ${toManager.en}.`,
    },
    hints: {
      check_digits: {
        nl: "De controlecijfers kloppen niet: waarschijnlijk een tikfout.",
        fr: "Les chiffres de contrôle ne correspondent pas : sans doute une faute de frappe.",
        en: "The check digits do not match: probably a typing error.",
      },
    },
  },
  ENTITY_ALREADY_CONNECTED: {
    status: 409,
    title: { nl: "Al gekoppeld", fr: "Déjà connecté", en: "Already connected" },
    detail: {
      nl: "Het bedrijf met nummer {enterpriseNumber} is al met Liantis gekoppeld.",
      fr: "L'entreprise portant le numéro {enterpriseNumber} est déjà connectée à Liantis.",
      en: "The company with number {enterpriseNumber} is already connected to Liantis.",
    },
    remedy: {
      nl: `Kijk het btw-nummer na onder ${companyDetails.nl}. Klopt het? ${toSupport.nl}.`,
      fr: `Vérifiez le numéro de TVA sous ${companyDetails.fr}. Est-il correct ? ${toSupport.fr}.`,
      en: `Check the VAT number under ${companyDetails.en}. Is it right? ${toSupport.en}.`,
    },
    variants: {
      own_entity: {
        detail: {
          nl: "Het bedrijf met nummer {enterpriseNumber} is al met Liantis gekoppeld, bij je entiteit {entityName}.",
          fr: "L'entreprise portant le numéro {enterpriseNumber} est déjà connectée à Liantis, pour votre entité {entityName}.",
          en: "The company with number {enterpriseNumber} is already connected to Liantis, at your entity {entityName}.",
        },
      },
    },
  },
  NOT_AVAILABLE: {
    status: 403,
    title: {
      nl: "Liantis-integratie nog niet beschikbaar",
      fr: "Intégration Liantis pas encore disponible",
      en: "Liantis integration not available yet",
    },
    detail: {
      nl: "De Liantis-integratie is voor je bedrijf nog niet klaargezet.",
      fr: "L'intégration Liantis n'a pas encore été préparée pour votre entreprise.",
      en: "The Liantis integration has not been set up for your company yet.",
    },
    remedy: {
      nl: "Contacteer je customer success manager via de blauwe knop: die zet de integratie voor je klaar.",
      fr: "Contactez votre customer success manager via le bouton bleu : cette personne préparera l'intégration pour vous.",
      en: "Contact your customer success manager via the blue button, who will set the integration up for you.",
    },
  },
  NUMBER_NOT_CONFIRMED: {
    status: 403,
    title: {
      nl: "Nummer nog niet bevestigd",
      fr: "Numéro pas encore confirmé",
      en: "Number not confirmed yet",
    },
    detail: {
      nl: "Het nummer {enterpriseNumber} is nog niet door Payflip bevestigd. Daarom kan je de toestemming niet aan iemand anders doorgeven.",
      fr: "Le numéro {enterpriseNumber} n'a pas encore été confirmé par Payflip. Vous ne pouvez donc pas transmettre la demande de consentement à quelqu'un d'autre.",
      en: "The number {enterpriseNumber} has not been confirmed by Payflip yet. That is why you cannot hand the consent over to someone else.",
    },
    remedy: {
      nl: `Ben je zelf ${mainUser.nl}? Activeer dan zelf onder Instellingen > Integraties > Liantis-integratie. Ben je dat niet? ${toManager.nl} om het nummer te laten bevestigen.`,
      fr: `Êtes-vous ${mainUser.fr} ? Activez alors vous-même l'intégration sous Paramètres > Intégrations > Intégration Liantis. Vous ne l'êtes pas ? ${toManager.fr} pour faire confirmer le numéro.`,
      en: `Are you a ${mainUser.en} yourself? Then activate under Settings > Integrations > Liantis integration. You are not? ${toManager.en} to have the number confirmed.`,
    },
  },
  CONSENT_CANCELLED: {
    status: 409,
    title: { nl: "Toestemming geannuleerd", fr: "Consentement annulé", en: "Consent cancelled" },
    detail: {
      nl: "De toestemming bij Liantis is afgebroken. Er is niets gewijzigd.",
      fr: "Le consentement chez Liantis a été interrompu. Rien n'a été modifié.",
      en: "The consent at Liantis was broken off. Nothing was changed.",
    },
    remedy: {
      nl: `${activateAgain.nl} Doorloop deze keer de toestemming bij Liantis tot het einde, zonder te annuleren. Blijft het mislukken? ${toSupport.nl}.`,
      fr: `${activateAgain.fr} Cette fois, allez jusqu'au bout du consentement chez Liantis, sans annuler. Cela échoue encore ? ${toSupport.fr}.`,
      en: `${activateAgain.en} This time, complete the consent at Liantis without cancelling. Does it keep failing? ${toSupport.en}.`,
    },
  },
  CONSENT_NOT_MAIN_USER: {
    status: 403,
    title: {
      nl: "Alleen een hoofdgebruiker kan toestemming geven",
      fr: "Seul un utilisateur principal peut donner le consentement",
      en: "Only a main user can give consent",
    },
    detail: {
      nl: `Wie bij Liantis aanmeldde, is voor dit bedrijf geen ${mainUser.nl}.`,
      fr: `La personne qui s'est connectée chez Liantis n'est pas ${mainUser.fr} pour cette entreprise.`,
      en: `Whoever signed in at Liantis is no ${mainUser.en} for this company.`,
    },
    remedy: {
      nl: "Vraag het aan de hoofdgebruiker: stuur die persoon vanuit Payflip de link naar de toestemming, onder Instellingen > Integraties > Liantis-integratie. In MyLiantis > Toegang beheren zie je wie dat is.",
      fr: "Demandez-le à l'utilisateur principal : envoyez-lui depuis Payflip le lien vers le consentement, sous Paramètres > Intégrations > Intégration Liantis. Dans MyLiantis > Gestion de l'accès, vous voyez qui c'est.",
      en: "Ask the main user: send them the link to the consent from Payflip, under Settings > Integrations > Liantis integration. MyLiantis > Manage access shows who that is.",
    },
  },
  CONSENT_STATE_MISMATCH: {
    status: 409,
    title: {
      nl: "Toestemming niet herkend",
      fr: "Consentement non reconnu",
      en: "Consent not recognised",
    },
    detail: {
      nl: "Het antwoord van Liantis hoort niet bij een lopende activatie in deze browser, of kwam te laat. Er is niets gewijzigd.",
      fr: "La réponse de Liantis ne correspond à aucune activation en cours dans ce navigateur, ou est arrivée trop tard. Rien n'a été modifié.",
      en: "The answer from Liantis does not belong to an activation in this browser, or it came too late. Nothing was changed.",
    },
    remedy: {
      nl: `${activateAgain.nl} Blijf daarbij in dezelfde browser en rond de toestemming binnen 10 minuten af.`,
      fr: `${activateAgain.fr} Restez dans le même navigateur et terminez le consentement dans les 10 minutes.`,
      en: `${activateAgain.en} Stay in the same browser and complete the consent within 10 minutes.`,
    },
  },
  CONSENT_FOR_OTHER_COMPANY: {
    status: 409,
    title: {
      nl: "Toestemming voor een ander bedrijf",
      fr: "Consentement pour une autre entreprise",
      en: "Consent for another company",
    },
    detail: {
      nl: "Bij Liantis is toestemming gegeven voor {grantedNumber}, maar deze entiteit heeft nummer {enterpriseNumber}. Er is niets gewijzigd.",
      fr: "Chez Liantis, le consentement a été donné pour {grantedNumber}, mais cette entité porte le numéro {enterpriseNumber}. Rien n'a été modifié.",
      en: "At Liantis, consent was given for {grantedNumber}, but this entity has number {enterpriseNumber}. Nothing was changed.",
    },
    remedy: {
      nl: `Kijk het btw-nummer na onder ${companyDetails.nl}. ${activateAgain.nl} Kies bij Liantis het bedrijf met hetzelfde nummer.`,
      fr: `Vérifiez le numéro de TVA sous ${companyDetails.fr}. ${activateAgain.fr} Choisissez chez Liantis l'entreprise portant le même numéro.`,
      en: `Check the VAT number under ${companyDetails.en}. ${activateAgain.en} Choose the company with the same number at Liantis.`,
    },
  },
  FULL_SYNC_NOT_ALLOWED: {
    status: 403,
    title: {
      nl: "Volledige sync niet mogelijk",
      fr: "Synchronisation complète impossible",
      en: "Full sync not possible",
    },
    detail: {
      nl: "Je bedrijf komt van het vroegere flexplan van Liantis. Met een volledige sync zouden personen die daar uitgesloten waren, plots mee in Payflip komen.",
      fr: "Votre entreprise vient de l'ancien plan flex de Liantis. Avec une synchronisation complète, des personnes qui en étaient exclues apparaîtraient soudain dans Payflip.",
      en: "Your company comes from the former Liantis flex plan. With a full sync, people who were excluded there would suddenly appear in Payflip.",
    },
    remedy: {
      nl: "Kies de selectieve sync en duid aan wie je in Payflip wilt.",
      fr: "Choisissez la synchronisation sélective et indiquez qui vous voulez dans Payflip.",
      en: "Choose the selective sync and pick the people you want in Payflip.",
    },
  },
  LIANTIS_UNAVAILABLE: {
    status: 503,
    title: { nl: "Liantis antwoordt niet", fr: "Liantis ne répond pas", en: "Liantis does not answer" },
    detail: {
      nl: "Liantis is op dit moment niet bereikbaar of te traag. Dat ligt niet aan je gegevens en er gaat niets verloren.",
      fr: "Liantis n'est pas joignable pour le moment, ou trop lent. Cela ne vient pas de vos données et rien n'est perdu.",
      en: "Liantis cannot be reached at the moment, or is too slow. That is not due to your data, and nothing is lost.",
    },
    remedy: {
      nl: `Probeer het over enkele minuten opnieuw. Blijft het mislukken? ${toSupport.nl}.`,
      fr: `Réessayez dans quelques minutes. Cela échoue encore ? ${toSupport.fr}.`,
      en: `Try again in a few minutes. Does it keep failing? ${toSupport.en}.`,
    },
    variants: {
      listing_incomplete: {
        detail: {
          nl: "Liantis stuurde geen volledige lijst van je medewerkers. Daarom is er niets van overgenomen.",
          fr: "Liantis n'a pas envoyé la liste complète de vos collaborateurs. Rien n'en a donc été repris.",
          en: "Liantis did not send a complete list of your employees. That is why nothing of it was taken over.",
        },
      },
    },
  },
  CONNECT_LINK_ENDED: {
    status: 410,
    title: { nl: "Link niet meer geldig", fr: "Lien plus valable", en: "Link no longer valid" },
    detail: {
      nl: "Deze link naar de toestemming is verlopen, al gebruikt of ingetrokken.",
      fr: "Ce lien vers le consentement a expiré, a déjà été utilisé ou a été retiré.",
      en: "This link to the consent has expired, was used already or was withdrawn.",
    },
    remedy: {
      nl: "Vraag een nieuwe link aan wie je deze stuurde.",
      fr: "Demandez un nouveau lien à la personne qui vous a envoyé celui-ci.",
      en: "Ask whoever sent it to you for a new link.",
    },
  },
} as const satisfies Record<string, ProblemEntry>;
