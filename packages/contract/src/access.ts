import * as z from "zod/mini";

/** What an account or an API key may be. `employee` can sign in and sees no page of this product. */
export const role = z.enum(["admin", "reader", "success_manager", "support", "employee"]);
export type Role = z.infer<typeof role>;

export const admins = ["admin"] as const satisfies Role[];
export const readers = ["admin", "reader"] as const satisfies Role[];
export const successManagers = ["success_manager"] as const satisfies Role[];
export const operators = ["success_manager", "support"] as const satisfies Role[];
/** A success manager manages every customer, an admin of all entities the own one. */
export const customerManagers = ["success_manager", "admin"] as const satisfies Role[];
/** Support decides the cases of every customer, an admin those whose entities the admin may all enter. */
export const caseDeciders = ["support", "admin"] as const satisfies Role[];
export const everyRole = [
  "admin",
  "reader",
  "success_manager",
  "support",
  "employee",
] as const satisfies Role[];
/** The endpoint needs no sign-in. */
export const noRole = [] as const satisfies Role[];

/**
 * The kind of row that `:id` of the path names. It must belong to the caller's customer and entities, else the answer is
 * 404; support may name a `case` of any customer.
 *
 * `managed customer`: `:id` is a customer itself, any for a success manager, the own one for an admin of all its entities.
 * `customer`: the endpoint is about the caller's own customer. `none`: the caller needs no customer. `public`: no sign-in.
 */
export type Tenant =
  | "entity"
  | "customer"
  | "managed customer"
  | "run"
  | "employee"
  | "issue"
  | "hold"
  | "task"
  | "case"
  | "preview"
  | "none"
  | "public";
