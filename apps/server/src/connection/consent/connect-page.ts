import { callbackOutcome, type CallbackOutcome } from "@payflip/contract/activation.ts";
import type { Language } from "@payflip/contract/page.ts";
import { formatEnterpriseNumber } from "../../domain/values/enterprise-number.ts";
import { escapeHtml } from "../../notify/html-text.ts";
import { paramsOfMessage } from "../../texts/message-params.ts";
import { keysBelow, type MessageKey } from "../../texts/messages.ts";
import { type Params, render } from "../../texts/render.ts";
import type { OpenLink } from "./connect-link.ts";
import { personalItems, wageItems } from "./consent-text.ts";

/** The page of a connect link: who asks, for which company and which data, the warning, and one plain form. */
export function renderConnectPage(language: Language, { link, customerName, entityName }: OpenLink): string {
  const params = { customerName, entityName };
  const text = (key: MessageKey) => escapeHtml(render(key, params, language));
  const facts = [
    ["connect.customer", customerName],
    ["connect.entity", entityName],
    ["connect.number", formatEnterpriseNumber(link.enterpriseNumber)],
  ] as const;
  return page(language, render("connect.title", params, language), [
    `<p>${text("connect.intro")}</p>`,
    `<dl>${facts.map(([label, value]) => `<dt>${text(label)}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>`,
    `<h2>${text("connect.dataHeading")}</h2>`,
    `<h3>${text("connect.personalHeading")}</h3><p>${escapeHtml(personalItems(language))}</p>`,
    `<h3>${text("connect.wageHeading")}</h3><p>${escapeHtml(wageItems(language))}</p>`,
    `<p>${text("connect.dataPurpose")}</p>`,
    `<p class="warning"><strong>${text("connect.mainUserOnly")}</strong> ${text("connect.mainUserWhy")}</p>`,
    `<p>${text("connect.stranger")}</p>`,
    `<form method="post"><button>${text("connect.button")}</button></form>`,
    `<p class="quiet">${text("connect.next")}</p>`,
  ]);
}

/** The last page of a connect link. Anyone can write the query: only what has the right form is shown. */
export function renderDonePage(language: Language, query: URLSearchParams): string {
  const outcome = outcomeIn(query);
  const params = {
    enterpriseNumber: numberIn(query, "enterpriseNumber"),
    grantedNumber: numberIn(query, "grantedNumber"),
    reference: referenceIn(query),
  };
  const content = keysBelow(`connect.done.${outcome}.paragraph`)
    .filter((key) => isComplete(key, params))
    .map((key) => `<p>${escapeHtml(render(key, params, language))}</p>`);
  return page(language, render(`connect.done.${outcome}.title`, params, language), content);
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
button { font: inherit; font-weight: 600; padding: .75rem 1.25rem; border: 0; border-radius: .5rem; cursor: pointer; }
button { background: #1d4ed8; color: #fff; }
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

function outcomeIn(query: URLSearchParams): CallbackOutcome {
  return callbackOutcome.safeParse(query.get("outcome")).data ?? "CONSENT_STATE_MISMATCH";
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
function isComplete(key: MessageKey, params: Params): boolean {
  return Object.keys(paramsOfMessage(key)).every((name) => params[name] !== "");
}
