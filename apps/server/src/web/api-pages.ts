import type { Endpoint } from "@payflip/contract/endpoint.ts";
import { problemsOf } from "@payflip/contract/endpoint.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import * as z from "zod/mini";
import { problemCatalogue } from "../domain/catalogue/problem-catalogue.ts";
import { escapeHtml } from "../notify/html-text.ts";

/** The description of the API as one page, without a script: what `/api/openapi.json` says, for people. */
export function renderApiPage(): string {
  const all: [string, Endpoint][] = Object.entries(endpoints);
  const byTag = [...Map.groupBy(all, ([, { tags }]) => tags[0])];
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Payflip API</title>`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<link rel="stylesheet" href="/api/docs/page.css"></head><body><main><h1>Payflip API</h1>`,
    `<p>For programs: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). An API key is sent as`,
    ` <code>Authorization: Bearer KEY</code>. Errors are <code>application/problem+json</code>.</p>`,
    `<nav><ul>${byTag.map(([tag]) => `<li><a href="#${idOf(tag)}">${escapeHtml(tag)}</a></li>`).join("")}</ul></nav>`,
    ...byTag.map(
      ([tag, some]) =>
        `<section><h2 id="${idOf(tag)}">${escapeHtml(tag)}</h2>${some.map(renderEndpoint).join("")}</section>`,
    ),
    "</main></body></html>",
  ].join("");
}

function renderEndpoint([name, endpoint]: [string, Endpoint]): string {
  const { method, path, summary, description, roles, tenant, wages = false, query, body, example } = endpoint;
  const who = tenant === "public" ? "everyone, without a sign-in" : roles.join(", ");
  const answers = Object.entries(endpoint.answers);
  const problems = problemsOf(endpoint).map(
    (code) => `<code>${code}</code> ${problemCatalogue[code].status}`,
  );
  return [
    `<article id="${name}"><h3><code>${method} /api/v1${escapeHtml(path)}</code></h3>`,
    `<p><strong>${escapeHtml(summary)}.</strong> ${escapeHtml(description)}</p>`,
    `<dl><dt>Who</dt><dd>${escapeHtml(who)}${wages ? "; only callers who may see wages" : ""}</dd>`,
    `<dt>Problems</dt><dd>${problems.join(", ")}</dd></dl>`,
    query === undefined ? "" : renderSchema("Query", query, "input"),
    body === undefined ? "" : renderSchema("Body", body, "input"),
    example === undefined ? "" : renderJson("Example of the body", example),
    ...answers.map(([status, schema]) => renderSchema(`Answer ${status}`, schema, "output")),
    "</article>",
  ].join("");
}

function renderSchema(title: string, schema: z.ZodMiniType, io: "input" | "output"): string {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return renderJson(title, rest);
}

function renderJson(title: string, value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `<details><summary>${escapeHtml(title)}</summary><pre>${escapeHtml(text)}</pre></details>`;
}

function idOf(tag: string): string {
  return `tag-${tag.replaceAll(/\W+/g, "-")}`;
}

export const apiPageStyles = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; background: Canvas; color: CanvasText; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; list-style: none; }
article { border-top: 1px solid; margin-top: 1.5rem; padding-top: 0.5rem; }
h3 { font-size: 1rem; }
dt { font-weight: 600; }
dd { margin: 0 0 0.5rem; }
pre { overflow-x: auto; font-size: 0.875rem; }
`;
