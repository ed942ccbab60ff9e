import type { CallbackOutcome } from "@payflip/contract/activation.ts";
import type { Language } from "@payflip/contract/page.ts";
import { formatEnterpriseNumber } from "../../domain/values/enterprise-number.ts";
import { fillTemplate, type Texts } from "../../domain/catalogue/text-template.ts";
import { escapeHtml } from "../../notify/html-text.ts";
import type { OpenLink } from "./connect-link.ts";
import { connectTexts, dataTexts, type DoneText, doneTexts } from "./connect-texts.ts";

/** The page of a connect link: who asks, for which company and which data, the warning, and one plain form. */
export function renderConnectPage(language: Language, { link, customerName, entityName }: OpenLink): string {
  const params = {
    customerName,
    entityName,
    enterpriseNumber: formatEnterpriseNumber(link.enterpriseNumber),
  };
  const say = (text: Texts) => escapeHtml(fillTemplate(text, params, language));
  const facts = [
    [connectTexts.customer, params.customerName],
    [connectTexts.entity, params.entityName],
    [connectTexts.number, params.enterpriseNumber],
  ] as const;
  return page(language, fillTemplate(connectTexts.title, params, language), [
    `<p>${say(connectTexts.intro)}</p>`,
    `<dl>${facts.map(([label, value]) => `<dt>${say(label)}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>`,
    `<h2>${say(connectTexts.dataHeading)}</h2>`,
    ...dataTexts.map(({ heading, items }) => `<h3>${say(heading)}</h3><p>${say(items)}</p>`),
    `<p>${say(connectTexts.dataPurpose)}</p>`,
    `<p class="warning"><strong>${say(connectTexts.mainUserOnly)}</strong> ${say(connectTexts.mainUserWhy)}</p>`,
    `<p>${say(connectTexts.stranger)}</p>`,
    `<form method="post"><button>${say(connectTexts.button)}</button></form>`,
    `<p class="quiet">${say(connectTexts.next)}</p>`,
  ]);
}

/** The last page of a connect link. The query may be anybody's invention: only what has the right form is shown. */
export function renderDonePage(language: Language, query: URLSearchParams): string {
  const outcome = query.get("outcome") ?? "";
  const { title, paragraphs } = isOutcome(outcome) ? doneTexts[outcome] : doneTexts.CONSENT_STATE_MISMATCH;
  const params = {
    enterpriseNumber: numberIn(query, "enterpriseNumber"),
    grantedNumber: numberIn(query, "grantedNumber"),
    reference: referenceIn(query),
  };
  const content = paragraphs
    .filter((text) => isComplete(text, params))
    .map((text) => `<p>${escapeHtml(fillTemplate(text, params, language))}</p>`);
  return page(language, fillTemplate(title, params, language), content);
}

/** A refusal of the catalogue as a page. */
export function renderProblemPage(
  language: Language,
  { title, detail, remedy }: { title: string; detail: string; remedy: string },
): string {
  return page(language, title, [`<p>${escapeHtml(detail)}</p>`, `<p>${escapeHtml(remedy)}</p>`]);
}

export const connectStyles = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 38rem; margin: 0 auto; padding: 2rem 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.125rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin-bottom: 0; }
h3 + p { margin-top: 0; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; }
.warning { border-inline-start: .25rem solid #b45309; padding-inline-start: 1rem; }
button { font: inherit; font-weight: 600; padding: .75rem 1.25rem; border: 0; border-radius: .5rem; background: #1d4ed8; color: #fff; cursor: pointer; }
button:focus-visible { outline: .1875rem solid currentColor; outline-offset: .1875rem; }
.brand { font-weight: 700; }
`;

function page(language: Language, title: string, content: string[]): string {
  return [
    `<!doctype html>`,
    `<html lang="${language}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="robots" content="noindex">`,
    `<title>${escapeHtml(title)} · Payflip</title>`,
    `<link rel="stylesheet" href="/connect/page.css"></head>`,
    `<body><main><p class="brand">Payflip</p><h1>${escapeHtml(title)}</h1>`,
    ...content,
    `</main></body></html>`,
  ].join("\n");
}

function isOutcome(text: string): text is CallbackOutcome {
  return Object.hasOwn(doneTexts, text);
}

function numberIn(query: URLSearchParams, name: string): string {
  const value = query.get(name) ?? "";
  return /^[\w. -]{1,20}$/.test(value) ? value : "";
}

function referenceIn(query: URLSearchParams): string {
  const value = query.get("reference") ?? "";
  return /^[0-9a-f-]{36}$/.test(value) ? value : "";
}

/** A sentence about something that is not there is left out. */
function isComplete(text: DoneText["paragraphs"][number], params: Record<string, string>): boolean {
  return Object.entries(params).every(([name, value]) => value !== "" || !text.en.includes(`{${name}}`));
}
