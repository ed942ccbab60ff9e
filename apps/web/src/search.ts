import * as z from "zod/mini";

const text = z.catch(z.optional(z.string()), undefined);

export const taskKinds = [
  "leaver",
  "newcomers_waiting",
  "no_budget",
  "not_invited",
  "contract_ending",
  "entity_move",
  "support",
] as const;

/** The query of each page. An invalid value is ignored, never an error. */
export const searchSchemas = {
  signIn: z.object({ returnTo: text, error: text }),
  users: z.object({
    q: text,
    entity: text,
    status: z.catch(z.optional(z.enum(["upcoming", "active", "deactivated"])), undefined),
    cursor: text,
    page: text,
  }),
  entity: z.object({ entity: text }),
  liantis: z.object({
    entity: text,
    activation: text,
    reference: text,
    enterpriseNumber: text,
    grantedNumber: text,
  }),
  activate: z.object({
    entity: text,
    activation: text,
    step: text,
    preview: text,
    reference: text,
    enterpriseNumber: text,
    grantedNumber: text,
  }),
  history: z.object({ entity: text, cursor: text, page: text }),
  run: z.object({ entity: text, cursor: text, page: text }),
  issues: z.object({ entity: text, status: z.catch(z.optional(z.enum(["accepted"])), undefined) }),
  mode: z.object({
    entity: text,
    to: z.catch(z.optional(z.enum(["full", "selective"])), undefined),
    preview: text,
  }),
  tasks: z.object({
    entity: text,
    status: z.catch(z.optional(z.enum(["done", "closed"])), undefined),
    kind: z.catch(z.optional(z.enum(taskKinds)), undefined),
  }),
  holds: z.object({ entity: text, hold: text, preview: text }),
  links: z.object({
    entity: text,
    q: text,
    state: z.catch(z.optional(z.enum(["linked", "worker_alone", "employee_alone"])), undefined),
    cursor: text,
    page: text,
  }),
  fleet: z.object({ q: text, show: z.catch(z.optional(z.enum(["attention"])), undefined) }),
  cases: z.object({ status: z.catch(z.optional(z.enum(["confirmed", "declined", "closed"])), undefined) }),
};

/** Plain text both ways: `?q=123` stays the text "123". */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** Parameters without a value are left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === "string" && value !== "") parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
