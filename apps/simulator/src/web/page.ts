import { html, type Html } from "./html.ts";

const STYLE: Html = {
  html: `
:root { color-scheme: light dark; --ink: light-dark(#14213d, #e8ecf4); --soft: light-dark(#4a5670, #a9b4c8);
  --ground: light-dark(#f4f6fa, #10151f); --card: light-dark(#fff, #1a2130); --line: light-dark(#ccd4e2, #38435a);
  --accent: light-dark(#00629b, #6cc1f2); --on-accent: light-dark(#fff, #0b1420); --bad: light-dark(#a4161a, #ff9b9b); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { background: var(--accent); color: var(--on-accent); padding: .75rem 1.5rem; display: flex; gap: 1.5rem; align-items: baseline; flex-wrap: wrap; }
header a { color: inherit; } header strong { font-size: 1.1rem; } header form { margin-left: auto; }
main { max-width: 70rem; margin: 1.5rem auto; padding: 0 1rem; }
main.narrow { max-width: 34rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.25rem; margin-bottom: 1.25rem; }
h1 { font-size: 1.5rem; margin-top: 0; } h2 { font-size: 1.15rem; }
a { color: var(--accent); }
label { display: block; font-weight: 600; margin-bottom: .75rem; } label.inline { font-weight: 400; }
input, select { display: block; width: 100%; padding: .5rem; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .35rem; }
input[type=radio] { display: inline; width: auto; margin-right: .5rem; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .25rem 1rem; align-items: end; }
button { font: inherit; font-weight: 600; padding: .5rem 1rem; border-radius: .35rem; border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer; }
button.quiet { background: transparent; color: var(--accent); } button.danger { background: transparent; color: var(--bad); border-color: var(--bad); }
header button.quiet { color: inherit; border-color: currentcolor; padding: .2rem .7rem; }
.buttons { display: flex; gap: .75rem; flex-wrap: wrap; margin-top: .75rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; } header :focus-visible { outline-color: currentcolor; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
td:nth-child(n+3) { white-space: nowrap; }
.note { color: var(--soft); } .error { color: var(--bad); font-weight: 600; }
`,
};

export interface PageContent {
  readonly title: string;
  /** Shown in the header beside the name of the site. */
  readonly bar?: Html | undefined;
  readonly narrow?: boolean;
  readonly body: Html;
}

/** A whole page, without scripts or external resources. */
export function renderPage(content: PageContent): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${content.title} – MyLiantis (simulated)</title>
<style>${STYLE}</style>
</head>
<body>
<header><strong>MyLiantis</strong><span>simulated – no real data</span>${content.bar ?? null}</header>
<main${{ html: content.narrow === true ? ' class="narrow"' : "" }}>
${content.body}
</main>
</body>
</html>
`.html;
}
