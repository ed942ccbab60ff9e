import type { Employer } from "../state/employer.ts";
import type { Person } from "../state/people.ts";
import { html, type Html } from "../web/html.ts";
import { renderPage } from "../web/page.ts";
import { CONTRACT_FIELDS, type FormField, WORKER_FIELDS } from "./fields.ts";
import { contractsOf, type Fields, nameOf, textOf } from "./records.ts";

export interface SiteContent {
  readonly person: Person;
  readonly employer?: Employer;
  /** Confirms the last action, above the page. */
  readonly notice?: string | undefined;
}

function renderSite(site: SiteContent, title: string, content: Html): string {
  const { person, employer, notice } = site;
  const home = employer === undefined ? null : html`<a href="${addressOf(employer)}">${employer.name}</a>`;
  const bar = html`<a href="/my">Employers</a>${home}
<form method="post" action="/my/logout">${person.name} <button class="quiet">Log out</button></form>`;
  const body = html`${notice === undefined ? null : html`<p class="card" role="status">${notice}</p>`}${content}`;
  return renderPage({ title, bar, body });
}

export function addressOf(employer: Employer, workerId?: string): string {
  const workers = `/my/employers/${employer.enterpriseNumber}/workers`;
  return workerId === undefined ? workers : `${workers}/${encodeURIComponent(workerId)}`;
}

export function renderEmployers(site: SiteContent, employers: readonly Employer[]): string {
  const rows = employers.map(
    (employer) =>
      html`<li><a href="${addressOf(employer)}">${employer.name}</a> (${employer.enterpriseNumber})</li>`,
  );
  return renderSite(site, "Employers", html`<div class="card"><h1>Your employers</h1><ul>${rows}</ul></div>`);
}

export interface WorkersContent {
  readonly employer: Employer;
  readonly query: string;
  readonly workers: readonly Fields[];
  readonly total: number;
  /** The last id of this page, or null on the last page. */
  readonly after: string | null;
}

export function renderWorkers(site: SiteContent, content: WorkersContent): string {
  const { employer, query, workers, total, after } = content;
  const rows = workers.map((worker) => {
    const address = addressOf(employer, textOf(worker["workerId"]));
    return html`<tr><td><a href="${address}">${nameOf(worker)}</a></td><td>${textOf(worker["email"])}</td><td>${textOf(worker["employeeNumber"])}</td><td>${textOf(worker["employmentStartDate"])}</td><td>${textOf(worker["employmentEndDate"])}</td></tr>`;
  });
  const next = `${addressOf(employer)}?${new URLSearchParams({ q: query, after: after ?? "" }).toString()}`;
  const body = html`<div class="card"><h1>Workers of ${employer.name}</h1>
<p class="note">${employer.enterpriseNumber} · ${total} workers</p>
<form method="get" action="${addressOf(employer)}" role="search"><label>Search by name, e-mail address or employee number <input name="q" value="${query}" type="search"></label><button>Search</button></form>
<div class="scroll"><table><thead><tr><th>Name</th><th>E-mail address</th><th>Employee number</th><th>Start</th><th>End</th></tr></thead><tbody>${rows}</tbody></table></div>
${rows.length === 0 ? html`<p>No workers found.</p>` : null}
${after === null ? null : html`<p><a href="${next}">Next page</a></p>`}
<div class="buttons"><a href="${addressOf(employer)}/new">Add a worker</a></div></div>
${renderConsentCard(employer)}`;
  return renderSite(site, `Workers of ${employer.name}`, body);
}

function renderConsentCard(employer: Employer): Html {
  const { status, grantedAt } = employer.consent;
  const statusTexts = {
    none: "You have not given consent to share data with Payflip.",
    granted: `Data is shared with Payflip. Consent was given at ${grantedAt ?? "?"}.`,
    revoked: "The consent to share data with Payflip was revoked.",
  };
  const revoke = html`<form method="post" action="/my/employers/${employer.enterpriseNumber}/consent/revoke"><button class="danger">Revoke consent</button></form>`;
  return html`<div class="card"><h2>Consent</h2><p>${statusTexts[status]}</p>${status === "granted" ? revoke : null}</div>`;
}

export function renderNewWorker(site: SiteContent, employer: Employer): string {
  const body = html`<div class="card"><h1>Add a worker</h1>
<form method="post" action="${addressOf(employer)}/new" aria-label="New worker"><div class="fields">${renderFields(WORKER_FIELDS, {})}</div>
<div class="buttons"><button>Add worker</button></div></form></div>`;
  return renderSite(site, "Add a worker", body);
}

export function renderWorker(site: SiteContent, employer: Employer, worker: Fields): string {
  const address = addressOf(employer, textOf(worker["workerId"]));
  const body = html`<div class="card"><h1>${nameOf(worker)}</h1><p class="note">Worker ${textOf(worker["workerId"])}</p>
<form method="post" action="${address}" aria-label="Personal data"><div class="fields">${renderFields(WORKER_FIELDS, worker)}</div>
<div class="buttons"><button>Save</button></div></form></div>
<h2>Wage contracts</h2>
${contractsOf(worker).map((contract) => renderContract(address, contract))}
<div class="card"><h2>Add a contract</h2><form method="post" action="${address}/contracts" aria-label="New contract"><div class="fields">${renderFields(CONTRACT_FIELDS, {})}</div>
<div class="buttons"><button>Add contract</button></div></form></div>
<div class="card"><h2>End of employment</h2>
<form method="post" action="${address}/end" aria-label="End employment"><label>Last day of employment <input type="date" name="employmentEndDate" required></label><button>End employment</button></form>
<form method="post" action="${address}/remove" aria-label="Remove worker"><div class="buttons"><button class="danger">Remove worker</button></div></form></div>`;
  return renderSite({ ...site, employer }, nameOf(worker), body);
}

function renderContract(address: string, contract: Fields): Html {
  const contractId = textOf(contract["contractId"]);
  const action = `${address}/contracts/${encodeURIComponent(contractId)}`;
  return html`<div class="card"><h3>Contract ${contractId}</h3>
<form method="post" action="${action}" aria-label="Contract ${contractId}"><div class="fields">${renderFields(CONTRACT_FIELDS, contract)}</div><div class="buttons"><button>Save contract</button></div></form>
<form method="post" action="${action}/remove" aria-label="Remove contract ${contractId}"><div class="buttons"><button class="danger">Remove contract</button></div></form></div>`;
}

function renderFields(fields: readonly FormField[], values: Fields): Html[] {
  return fields.map((field) => {
    const value = textOf(values[field.key]);
    const input =
      field.options === undefined
        ? html`<input name="${field.key}" type="${field.type}" value="${value}">`
        : renderChoice(field.key, field.options, value);
    return html`<label>${field.label} ${input}</label>`;
  });
}

function renderChoice(name: string, options: readonly (readonly [string, string])[], value: string): Html {
  const known = value === "" || options.some(([option]) => option === value);
  const all = [["", "(blank)"] as const, ...options, ...(known ? [] : [[value, value] as const])];
  const rendered = all.map(([option, label]) => {
    const selected = { html: option === value ? " selected" : "" };
    return html`<option value="${option}"${selected}>${label}</option>`;
  });
  return html`<select name="${name}">${rendered}</select>`;
}

export function renderRefusal(person: Person, reason: string): string {
  return renderSite(
    { person },
    "Not allowed",
    html`<div class="card"><h1>Not allowed</h1><p>${reason}</p></div>`,
  );
}
