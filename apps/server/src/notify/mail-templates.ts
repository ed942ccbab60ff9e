import type { Language } from "@payflip/contract/page.ts";
import { formatEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import { fillTemplate, type Texts } from "../domain/catalogue/text-template.ts";
import { escapeHtml } from "./html-text.ts";

export type MailTemplate = "consent_request" | "consent_revoked";

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

export interface MailContent {
  template: MailTemplate;
  language: Language;
  params: Record<string, string>;
  /** The one thing to do: where the button leads. */
  link: string;
}

/** A mail as plain text and as simple HTML. Whatever comes from people is escaped. */
export function renderMail({ template, language, params, link }: MailContent): RenderedMail {
  const texts = templates[template];
  const filled = { ...params, ...numberParam(params) };
  const say = (text: Texts) => fillTemplate(text, filled, language);
  const paragraphs = texts.paragraphs.map(say);
  const closing = texts.closing.map(say);
  return {
    // A name with a line break must not become a header of its own.
    subject: say(texts.subject).replaceAll(/\s+/g, " "),
    text: [...paragraphs, `${say(texts.button)}: ${link}`, ...closing, "Payflip"].join("\n\n"),
    html: [
      `<!doctype html><html lang="${language}"><body style="font-family:sans-serif;line-height:1.5;max-width:36em">`,
      ...paragraphs.map(paragraph),
      `<p><a href="${escapeHtml(link)}">${escapeHtml(say(texts.button))}</a></p>`,
      ...closing.map(paragraph),
      "<p>Payflip</p></body></html>",
    ].join("\n"),
  };
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

function numberParam({ enterpriseNumber }: Record<string, string>): Record<string, string> {
  return enterpriseNumber === undefined ? {} : { enterpriseNumber: formatEnterpriseNumber(enterpriseNumber) };
}

interface TemplateTexts {
  subject: Texts;
  paragraphs: Texts[];
  button: Texts;
  closing: Texts[];
}

const consentRequest: TemplateTexts = {
  subject: {
    nl: "{customerName} vraagt je toestemming bij Liantis",
    fr: "{customerName} demande votre consentement chez Liantis",
    en: "{customerName} asks for your consent at Liantis",
  },
  paragraphs: [
    {
      nl: "{customerName} wil de gegevens van {entityName} ({enterpriseNumber}) automatisch van Liantis naar Payflip laten komen. Daarvoor is eenmalig de toestemming nodig van een hoofdgebruiker van MyLiantis.",
      fr: "{customerName} souhaite que les données de {entityName} ({enterpriseNumber}) passent automatiquement de Liantis à Payflip. Il faut pour cela, une seule fois, le consentement d'un utilisateur principal de MyLiantis.",
      en: "{customerName} wants the data of {entityName} ({enterpriseNumber}) to come from Liantis to Payflip automatically. That takes the consent of a MyLiantis main user, once.",
    },
    {
      nl: "Ben jij hoofdgebruiker (ook hoofdbeheerder genoemd)? Lees op de volgende pagina welke gegevens het zijn en geef je toestemming bij Liantis. Je hebt geen account bij Payflip nodig.",
      fr: "Êtes-vous utilisateur principal (aussi appelé administrateur principal) ? Lisez sur la page suivante de quelles données il s'agit et donnez votre consentement chez Liantis. Vous n'avez pas besoin de compte Payflip.",
      en: "Are you a main user (also called main administrator)? Read on the next page which data it is about and give your consent at Liantis. You need no Payflip account.",
    },
  ],
  button: { nl: "Naar de toestemming", fr: "Vers le consentement", en: "To the consent" },
  closing: [
    {
      nl: "De link is 14 dagen geldig en alleen voor jou bedoeld. Ken je {customerName} niet? Doe dan niets.",
      fr: "Le lien est valable 14 jours et vous est destiné personnellement. Vous ne connaissez pas {customerName} ? Ne faites rien.",
      en: "The link is valid for 14 days and meant for you alone. You do not know {customerName}? Then do nothing.",
    },
  ],
};

const consentRevoked: TemplateTexts = {
  subject: {
    nl: "Liantis stuurt geen gegevens meer voor {entityName}",
    fr: "Liantis n'envoie plus de données pour {entityName}",
    en: "Liantis no longer sends data for {entityName}",
  },
  paragraphs: [
    {
      nl: "De toestemming om gegevens van {entityName} met Payflip te delen, is bij Liantis ingetrokken. De synchronisatie staat daarom stil.",
      fr: "Le consentement au partage des données de {entityName} avec Payflip a été retiré chez Liantis. La synchronisation est donc à l'arrêt.",
      en: "The consent to share data of {entityName} with Payflip was revoked at Liantis. The synchronisation has therefore stopped.",
    },
    {
      nl: "Wat al gesynchroniseerd was, blijft in Payflip staan. Was dit niet de bedoeling? Laat een hoofdgebruiker van MyLiantis de toestemming opnieuw geven.",
      fr: "Ce qui était déjà synchronisé reste dans Payflip. Ce n'était pas voulu ? Demandez à un utilisateur principal de MyLiantis de redonner son consentement.",
      en: "What was synchronised stays in Payflip. Was this not intended? Have a MyLiantis main user grant the consent again.",
    },
  ],
  button: {
    nl: "Naar de Liantis-integratie",
    fr: "Vers l'intégration Liantis",
    en: "To the Liantis integration",
  },
  closing: [],
};

const templates: Record<MailTemplate, TemplateTexts> = {
  consent_request: consentRequest,
  consent_revoked: consentRevoked,
};
