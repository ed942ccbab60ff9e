import type { Employer } from "../state/employer.ts";
import type { Person } from "../state/people.ts";
import { html, type Html } from "../web/html.ts";
import { renderPage } from "../web/page.ts";

const HINTS_MAX = 12;

export interface LogInContent {
  /** The address that the form is sent to. */
  readonly action: string;
  readonly heading: string;
  readonly hints: readonly { username: string; password: string; hint: string }[];
  readonly failed: boolean;
  readonly cancelAction?: string;
}

/** The log-in page. It lists the people who can log in, with their passwords: all of them are invented. */
export function renderLogIn(content: LogInContent): string {
  const body = html`<div class="card"><h1>${content.heading}</h1>
${content.failed ? html`<p class="error" role="alert">This user name and password do not match.</p>` : null}
<form method="post" action="${content.action}">
<label>User name <input name="username" autocomplete="username" required autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<div class="buttons"><button>Log in</button></div>
</form>
${content.cancelAction === undefined ? null : html`<form method="post" action="${content.cancelAction}"><div class="buttons"><button class="quiet">Cancel</button></div></form>`}
</div>
${renderHints(content.hints)}`;
  return renderPage({ title: "Log in", narrow: true, body });
}

function renderHints(hints: LogInContent["hints"]): Html | null {
  if (hints.length === 0) return null;
  const rows = hints
    .slice(0, HINTS_MAX)
    .map(
      (hint) =>
        html`<tr><td><code>${hint.username}</code></td><td><code>${hint.password}</code></td><td>${hint.hint}</td></tr>`,
    );
  return html`<div class="card"><h2>Test users</h2>
<div class="scroll"><table><thead><tr><th>User name</th><th>Password</th><th>Description</th></tr></thead><tbody>${rows}</tbody></table></div></div>`;
}

export interface ConsentContent {
  readonly uid: string;
  readonly person: Person;
  /** The employer that the partner asks about. */
  readonly requested: Employer;
  /** The employers that this person may choose, the requested one included. */
  readonly choices: readonly Employer[];
  readonly partner: string;
}

/** The consent page: it names the employer, the partner and the data. */
export function renderConsent(content: ConsentContent): string {
  const { uid, requested, choices, partner } = content;
  const body = html`<div class="card"><h1>Share data of ${requested.name} with ${partner}?</h1>
<p>You are logged in as ${content.person.name}. ${partner} asks for your consent to receive the following data from
Liantis every day, until you revoke the consent in MyLiantis:</p>
<h2>Personal data</h2>
<p>first name, last name, e-mail address, language, start date, employee number</p>
<h2>Wage data</h2>
<p>wage type, gross salary, contract start, contract end, work regime, employer social security percentage</p>
<form method="post" action="/consent/${uid}/give">
${
  choices.length > 1
    ? renderChoices(content)
    : html`<p>Employer: <strong>${requested.name}</strong> (${requested.enterpriseNumber})</p>
<input type="hidden" name="enterpriseNumber" value="${requested.enterpriseNumber}">`
}
<div class="buttons"><button>Give consent</button></div>
</form>
<form method="post" action="/consent/${uid}/cancel"><div class="buttons"><button class="quiet">Cancel</button></div></form>
</div>`;
  return renderPage({ title: "Consent", narrow: true, body });
}

function renderChoices({ requested, choices }: ConsentContent): Html {
  const radios = choices.map((employer) => {
    const checked = { html: employer.enterpriseNumber === requested.enterpriseNumber ? " checked" : "" };
    return html`<label class="inline"><input type="radio" name="enterpriseNumber" value="${employer.enterpriseNumber}"${checked}>${employer.name} (${employer.enterpriseNumber})</label>`;
  });
  return html`<fieldset><legend>For which employer?</legend>${radios}</fieldset>`;
}
