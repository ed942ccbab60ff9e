/** A person who visits the pages of the simulated MyLiantis, and what they do there. */
export interface Visitor {
  readonly username: string;
  readonly password?: string;
  /** True: presses Cancel on the consent page. */
  readonly cancels?: boolean;
  /** The enterprise number to choose instead of the requested one. */
  readonly chooses?: string;
}

const REDIRECTS_MAX = 20;

/**
 * Logs in and answers the pages of an authorization as this visitor would in a browser. Returns the address
 * that the provider redirects to, without opening it. Works for the consent of Liantis and for the plain
 * sign-in. Throws on an unexpected page.
 */
export async function walkAuthorization(authorizationUrl: string | URL, visitor: Visitor): Promise<URL> {
  const browser = createBrowser(new URL(authorizationUrl).origin);
  let step = await browser.get(new URL(authorizationUrl));
  if (step.kind === "left") return step.url;
  const logIn = { username: visitor.username, password: visitor.password ?? "liantis" };
  const action = /<form method="post" action="([^"]+)"/.exec(step.text)?.[1];
  if (action === undefined)
    throw new Error(
      `No log-in page at ${step.url.pathname} (status ${step.status}): ${step.text.slice(0, 300)}`,
    );
  step = await browser.post(new URL(action, step.url), logIn);
  if (step.kind === "left") return step.url;
  const give = /action="(\/consent\/[^"]+\/give)"/.exec(step.text)?.[1];
  if (give === undefined)
    throw new Error(`The log-in of ${visitor.username} failed with status ${step.status}.`);
  const first = /name="enterpriseNumber" value="(\d+)"(?: checked)?>/.exec(step.text)?.[1];
  const form = { enterpriseNumber: visitor.chooses ?? preselectedNumber(step.text) ?? first ?? "" };
  const target = visitor.cancels === true ? give.replace(/give$/, "cancel") : give;
  step = await browser.post(new URL(target, step.url), form);
  if (step.kind === "left") return step.url;
  throw new Error(
    `The provider did not send the browser back (status ${step.status}): ${step.text.slice(0, 300)}`,
  );
}

function preselectedNumber(text: string): string | undefined {
  return /name="enterpriseNumber" value="(\d+)" checked/.exec(text)?.[1];
}

/** A page that was opened, or the address on another origin that the browser was sent to. */
export type Step =
  | { readonly kind: "page"; readonly url: URL; readonly status: number; readonly text: string }
  | { readonly kind: "left"; readonly url: URL };

export interface Browser {
  get(url: URL): Promise<Step>;
  post(url: URL, form: Readonly<Record<string, string>>): Promise<Step>;
}

/** A browser with cookies for one origin. It follows redirects within that origin only. */
export function createBrowser(origin: string): Browser {
  const cookies = new Map<string, { value: string; path: string }>();

  const open = async (url: URL, form: Readonly<Record<string, string>> | null): Promise<Response> => {
    const sent = [...cookies].filter(([, { path }]) => url.pathname.startsWith(path));
    const response = await fetch(url, {
      method: form === null ? "GET" : "POST",
      redirect: "manual",
      headers: {
        cookie: sent.map(([name, { value }]) => `${name}=${value}`).join("; "),
        accept: "text/html",
      },
      body: form === null ? null : new URLSearchParams(form),
    });
    for (const line of response.headers.getSetCookie()) remember(line);
    return response;
  };

  const remember = (line: string) => {
    const [pair = "", ...attributes] = line.split(/;\s*/);
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    const path = attributes.find((item) => /^path=/i.test(item))?.slice(5) ?? "/";
    if (value === "" || attributes.some((item) => /^expires=Thu, 01 Jan 1970/i.test(item)))
      cookies.delete(name);
    else cookies.set(name, { value, path });
  };

  const follow = async (first: URL, form: Readonly<Record<string, string>> | null): Promise<Step> => {
    let url = first;
    let sent = form;
    for (let redirects = 0; redirects < REDIRECTS_MAX; redirects += 1) {
      const response = await open(url, sent);
      const location = response.headers.get("location");
      if (location === null)
        return { kind: "page", url, status: response.status, text: await response.text() };
      await response.body?.cancel();
      url = new URL(location, url);
      sent = null;
      if (url.origin !== origin) return { kind: "left", url };
    }
    throw new Error(`More than ${REDIRECTS_MAX} redirects from ${first.pathname}.`);
  };

  return { get: (url) => follow(url, null), post: (url, form) => follow(url, form) };
}
