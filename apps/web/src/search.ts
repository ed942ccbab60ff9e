import * as z from "zod/mini";

const text = z.catch(z.optional(z.string()), undefined);

/** What stands after the `?` of an address. A value that makes no sense is left out, never an error. */
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
    reference: text,
    enterpriseNumber: text,
    grantedNumber: text,
  }),
  history: z.object({ entity: text, cursor: text, page: text }),
  run: z.object({ entity: text, cursor: text, page: text }),
};

/** Plain text both ways: `?q=123` stays the text "123". */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** What has no value is left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === "string" && value !== "") parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
