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
