import type { Texts } from "./text-template.ts";

/** Phrases that stand in many texts, so that a menu has one name everywhere. The menus are those of MyLiantis and of the app. */
export const openWorker = {
  nl: "Open MyLiantis > Medewerkers",
  fr: "Ouvrez MyLiantis > Collaborateurs",
  en: "Open MyLiantis > Employees",
} as const satisfies Texts;

export const syncAgain = {
  nl: "Kies daarna in Payflip Integraties > Liantis > Sync nu.",
  fr: "Choisissez ensuite dans Payflip Intégrations > Liantis > Synchroniser maintenant.",
  en: "Then choose Integrations > Liantis > Sync now in Payflip.",
} as const satisfies Texts;

export const toSupport = {
  nl: "Contacteer onze support via de blauwe knop",
  fr: "Contactez notre support via le bouton bleu",
  en: "Contact our support team via the blue button",
} as const satisfies Texts;

export const companyDetails = {
  nl: "Instellingen > Bedrijfsgegevens",
  fr: "Paramètres > Informations de l'entreprise",
  en: "Settings > Company details",
} as const satisfies Texts;

/** Liantis' own pages use several words for it; all of them, so that people recognise theirs. */
export const mainUser = {
  nl: "hoofdgebruiker in MyLiantis (daar ook hoofdbeheerder genoemd)",
  fr: "utilisateur principal dans MyLiantis (aussi appelé administrateur principal)",
  en: "main user in MyLiantis (also called main or head administrator)",
} as const satisfies Texts;

export const activateAgain = {
  nl: "Activeer daarna opnieuw via Instellingen > Integraties > Liantis-integratie.",
  fr: "Réactivez ensuite via Paramètres > Intégrations > Intégration Liantis.",
  en: "Then activate again under Settings > Integrations > Liantis integration.",
} as const satisfies Texts;

export const checkNumber = {
  nl: `Verbeter het btw-nummer onder ${companyDetails.nl}. ${activateAgain.nl}`,
  fr: `Corrigez le numéro de TVA sous ${companyDetails.fr}. ${activateAgain.fr}`,
  en: `Correct the VAT number under ${companyDetails.en}. ${activateAgain.en}`,
} as const satisfies Texts;

export const toManager = {
  nl: "Contacteer je customer success manager via de blauwe knop",
  fr: "Contactez votre customer success manager via le bouton bleu",
  en: "Contact your customer success manager via the blue button",
} as const satisfies Texts;
