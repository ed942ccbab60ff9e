import type { CallbackOutcome } from "@payflip/contract/activation.ts";
import type { Texts } from "../../domain/catalogue/text-template.ts";

/** Texts of the page behind a connect link. A change of what is agreed to moves `consentTextVersion`. */
export const connectTexts = {
  title: {
    nl: "Gegevens van {entityName} delen met Payflip",
    fr: "Partager les données de {entityName} avec Payflip",
    en: "Share data of {entityName} with Payflip",
  },
  intro: {
    nl: "{customerName} vraagt om de gegevens van het bedrijf hieronder automatisch van Liantis naar Payflip te laten komen. Daarvoor is één keer toestemming nodig, in MyLiantis.",
    fr: "{customerName} demande que les données de l'entreprise ci-dessous passent automatiquement de Liantis à Payflip. Il faut pour cela un consentement, une seule fois, dans MyLiantis.",
    en: "{customerName} asks to have the data of the company below come from Liantis to Payflip automatically. That takes a consent, once, in MyLiantis.",
  },
  customer: { nl: "Vraag van", fr: "Demande de", en: "Asked by" },
  entity: { nl: "Bedrijf", fr: "Entreprise", en: "Company" },
  number: { nl: "Ondernemingsnummer", fr: "Numéro d'entreprise", en: "Enterprise number" },
  dataHeading: {
    nl: "Om welke gegevens gaat het?",
    fr: "De quelles données s'agit-il ?",
    en: "Which data is it about?",
  },
  dataPurpose: {
    nl: "Payflip gebruikt ze om de flexibele voordelen van je medewerkers te beheren en haalt ze elke nacht op, tot je de toestemming in MyLiantis intrekt.",
    fr: "Payflip les utilise pour gérer les avantages flexibles de vos collaborateurs et les récupère chaque nuit, jusqu'à ce que vous retiriez le consentement dans MyLiantis.",
    en: "Payflip uses it to run the flexible benefits of your employees and fetches it every night, until you revoke the consent in MyLiantis.",
  },
  mainUserOnly: {
    nl: "Alleen een hoofdgebruiker van MyLiantis kan dit doen.",
    fr: "Seul un utilisateur principal de MyLiantis peut le faire.",
    en: "Only a MyLiantis main user can do this.",
  },
  mainUserWhy: {
    nl: "Hij of zij heet ook hoofdbeheerder. Ben je dat niet, dan lukt de toestemming niet: geef de link dan terug aan wie hem stuurde.",
    fr: "On l'appelle aussi administrateur principal. Si vous ne l'êtes pas, le consentement échouera : rendez alors le lien à la personne qui vous l'a envoyé.",
    en: "They are also called main administrator. If you are not one, the consent will not work: give the link back to whoever sent it.",
  },
  stranger: {
    nl: "Ken je {customerName} niet, of klopt het bedrijf niet? Ga dan niet verder.",
    fr: "Vous ne connaissez pas {customerName}, ou ce n'est pas la bonne entreprise ? N'allez pas plus loin.",
    en: "You do not know {customerName}, or it is not the right company? Then do not go on.",
  },
  button: { nl: "Naar Liantis", fr: "Vers Liantis", en: "Go to Liantis" },
  next: {
    nl: "Je meldt je aan bij MyLiantis en beslist daar. Rond het binnen 10 minuten af, in dezelfde browser.",
    fr: "Vous vous connectez à MyLiantis et vous y décidez. Terminez dans les 10 minutes, dans le même navigateur.",
    en: "You log in to MyLiantis and decide there. Finish within 10 minutes, in the same browser.",
  },
} as const satisfies Record<string, Texts>;

/** The two categories of data, item by item. */
export const dataTexts: readonly { heading: Texts; items: Texts }[] = [
  {
    heading: { nl: "Persoonsgegevens", fr: "Données personnelles", en: "Personal data" },
    items: {
      nl: "voornaam, achternaam, e-mailadres, taal, startdatum, personeelsnummer",
      fr: "prénom, nom, adresse e-mail, langue, date de début, numéro de travailleur",
      en: "first name, last name, e-mail address, language, start date, employee number",
    },
  },
  {
    heading: { nl: "Loongegevens", fr: "Données salariales", en: "Wage data" },
    items: {
      nl: "loontype, brutoloon, begin en einde van het contract, arbeidsregime, % patronale RSZ",
      fr: "type de salaire, salaire brut, début et fin du contrat, régime de travail, % de cotisations patronales ONSS",
      en: "wage type, gross salary, contract start and end, work regime, employer social security %",
    },
  },
];

export interface DoneText {
  title: Texts;
  paragraphs: Texts[];
}

const openAgain: Texts = {
  nl: "Open de link opnieuw om het nog eens te proberen. Werkt hij niet meer, vraag dan een nieuwe aan wie hem stuurde.",
  fr: "Ouvrez de nouveau le lien pour réessayer. S'il ne fonctionne plus, demandez-en un nouveau à la personne qui vous l'a envoyé.",
  en: "Open the link again to try once more. If it no longer works, ask whoever sent it for a new one.",
};

/** How the way to Liantis and back ended, for people without an account here. */
export const doneTexts: Record<CallbackOutcome, DoneText> = {
  granted: {
    title: {
      nl: "Bedankt, de toestemming is gegeven",
      fr: "Merci, le consentement est donné",
      en: "Thank you, the consent is given",
    },
    paragraphs: [
      {
        nl: "Meer hoef je niet te doen: je mag deze pagina sluiten. Wie de link stuurde, rondt de koppeling af in Payflip.",
        fr: "Vous n'avez plus rien à faire : vous pouvez fermer cette page. La personne qui a envoyé le lien termine la connexion dans Payflip.",
        en: "There is nothing more to do: you can close this page. Whoever sent the link completes the set-up in Payflip.",
      },
    ],
  },
  CONSENT_CANCELLED: {
    title: { nl: "Toestemming geannuleerd", fr: "Consentement annulé", en: "Consent cancelled" },
    paragraphs: [
      {
        nl: "Je hebt de toestemming bij Liantis afgebroken. Er is niets gewijzigd.",
        fr: "Vous avez interrompu le consentement chez Liantis. Rien n'a été modifié.",
        en: "You broke off the consent at Liantis. Nothing was changed.",
      },
      openAgain,
    ],
  },
  CONSENT_NOT_MAIN_USER: {
    title: {
      nl: "Alleen een hoofdgebruiker kan toestemming geven",
      fr: "Seul un utilisateur principal peut donner le consentement",
      en: "Only a main user can give consent",
    },
    paragraphs: [
      {
        nl: "Wie aanmeldde, is bij Liantis geen hoofdgebruiker van dit bedrijf. Er is niets gewijzigd.",
        fr: "La personne qui s'est connectée n'est pas utilisateur principal de cette entreprise chez Liantis. Rien n'a été modifié.",
        en: "Whoever logged in is no main user of this company at Liantis. Nothing was changed.",
      },
      {
        nl: "Laat een hoofdgebruiker de link openen. In MyLiantis > Toegang beheren zie je wie dat is.",
        fr: "Faites ouvrir le lien par un utilisateur principal. Dans MyLiantis > Gestion de l'accès, vous voyez qui c'est.",
        en: "Have a main user open the link. MyLiantis > Manage access shows who that is.",
      },
    ],
  },
  CONSENT_STATE_MISMATCH: {
    title: { nl: "Toestemming niet herkend", fr: "Consentement non reconnu", en: "Consent not recognised" },
    paragraphs: [
      {
        nl: "Het antwoord van Liantis kwam te laat, in een andere browser of voor een link die niet meer geldt. Er is niets gewijzigd.",
        fr: "La réponse de Liantis est arrivée trop tard, dans un autre navigateur ou pour un lien qui n'est plus valable. Rien n'a été modifié.",
        en: "The answer of Liantis came too late, in another browser or for a link that is no longer valid. Nothing was changed.",
      },
      openAgain,
    ],
  },
  CONSENT_FOR_OTHER_COMPANY: {
    title: {
      nl: "Toestemming voor een ander bedrijf",
      fr: "Consentement pour une autre entreprise",
      en: "Consent for another company",
    },
    paragraphs: [
      {
        nl: "Gevraagd was toestemming voor {enterpriseNumber}, gegeven is ze voor {grantedNumber}. Payflip heeft er niets mee gedaan.",
        fr: "Le consentement était demandé pour {enterpriseNumber}, il a été donné pour {grantedNumber}. Payflip n'en a rien fait.",
        en: "Consent was asked for {enterpriseNumber}, and given for {grantedNumber}. Payflip did nothing with it.",
      },
      {
        nl: "Open de link opnieuw en kies bij Liantis het bedrijf waarvoor toestemming gevraagd wordt. De andere toestemming kan je in MyLiantis intrekken.",
        fr: "Ouvrez de nouveau le lien et choisissez chez Liantis l'entreprise pour laquelle le consentement est demandé. Vous pouvez retirer l'autre consentement dans MyLiantis.",
        en: "Open the link again and choose the company that the consent is asked for. You can revoke the other consent in MyLiantis.",
      },
    ],
  },
  COMPANY_NOT_FOUND: {
    title: { nl: "Bedrijf niet gevonden", fr: "Entreprise introuvable", en: "Company not found" },
    paragraphs: [
      {
        nl: "Liantis kent het bedrijf niet, of de integratie is er niet voor beschikbaar. Er is niets gewijzigd.",
        fr: "Liantis ne connaît pas l'entreprise, ou l'intégration n'est pas disponible pour elle. Rien n'a été modifié.",
        en: "Liantis does not know the company, or the integration is not available for it. Nothing was changed.",
      },
      {
        nl: "Laat wie de link stuurde het btw-nummer nakijken onder Instellingen > Bedrijfsgegevens in Payflip.",
        fr: "Demandez à la personne qui a envoyé le lien de vérifier le numéro de TVA sous Paramètres > Informations de l'entreprise dans Payflip.",
        en: "Have whoever sent the link check the VAT number under Settings > Company details in Payflip.",
      },
    ],
  },
  INTERNAL: {
    title: { nl: "Er ging iets mis", fr: "Un problème est survenu", en: "Something went wrong" },
    paragraphs: [
      {
        nl: "De toestemming kon niet worden verwerkt. Er is niets gewijzigd.",
        fr: "Le consentement n'a pas pu être traité. Rien n'a été modifié.",
        en: "The consent could not be processed. Nothing was changed.",
      },
      openAgain,
      {
        nl: "Blijft het mislukken? Geef deze referentie door aan de support van Payflip: {reference}",
        fr: "Cela échoue encore ? Communiquez cette référence au support de Payflip : {reference}",
        en: "Does it keep failing? Give this reference to Payflip support: {reference}",
      },
    ],
  },
};
