import type { Language } from "@payflip/contract/page.ts";
import type { MailTemplate } from "../domain/catalogue/mail-catalogue.ts";
import { formatEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import { renderMailTexts } from "../texts/mails.ts";
import { enteredName } from "./entered-name.ts";
import { escapeHtml } from "./html-text.ts";

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

/** A mail as plain text and as simple HTML. What people entered is shortened, made harmless and escaped. */
export function renderMail({ template, language, params, link }: MailContent): RenderedMail {
  const { subject, paragraphs, button, closing } = renderMailTexts(
    template,
    { ...namesOf(params), ...numberParam(params) },
    language,
  );
  const last = closing === null ? [] : [closing];
  return {
    // A name with a line break must not become a header of its own.
    subject: subject.replaceAll(/\s+/g, " "),
    text: [...paragraphs, `${button}: ${link}`, ...last, "Payflip"].join("\n\n"),
    html: [
      `<!doctype html><html lang="${language}"><body style="font-family:sans-serif;line-height:1.5;max-width:36em">`,
      ...paragraphs.map(paragraph),
      `<p><a href="${escapeHtml(link)}">${escapeHtml(button)}</a></p>`,
      ...last.map(paragraph),
      "<p>Payflip</p></body></html>",
    ].join("\n"),
  };
}

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`;
}

function namesOf(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, enteredName(value)]));
}

function numberParam({ enterpriseNumber }: Record<string, string>): Record<string, string> {
  return enterpriseNumber === undefined ? {} : { enterpriseNumber: formatEnterpriseNumber(enterpriseNumber) };
}
