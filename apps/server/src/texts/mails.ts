import type { Language } from "@payflip/contract/page.ts";
import type { MailTemplate } from "../domain/catalogue/mail-catalogue.ts";
import { isMessageKey, keysBelow } from "./messages.ts";
import { type Params, render } from "./render.ts";

export interface MailTexts {
  subject: string;
  /** Before and after the button. */
  paragraphs: string[];
  button: string;
  closing: string | null;
}

export function renderMailTexts(template: MailTemplate, params: Params, language: Language): MailTexts {
  const closing = `mail.${template}.closing`;
  return {
    subject: render(`mail.${template}.subject`, params, language),
    paragraphs: keysBelow(`mail.${template}.paragraph`).map((key) => render(key, params, language)),
    button: render(`mail.${template}.button`, params, language),
    closing: isMessageKey(closing) ? render(closing, params, language) : null,
  };
}
