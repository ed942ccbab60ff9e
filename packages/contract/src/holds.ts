import * as z from "zod/mini";
import { admins } from "./access.ts";
import { endpoint } from "./endpoint.ts";
import { id, idParams, instant } from "./page.ts";

/** One field that would be written. Wage values are null for callers who may not see wages. */
export const plannedChange = z.object({
  /** The wage contract the field belongs to, or null for a field of the person. */
  contractId: z.nullable(z.string()),
  field: z.string(),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
});
export type PlannedChange = z.infer<typeof plannedChange>;

/** What is kept back: a whole run, a person whose identity may have been swapped, a person's wage, a person whose changes an admin undid. */
export const holdKind = z.enum(["source_looks_wrong", "identity_swap", "wage", "reverted"]);
export type HoldKind = z.infer<typeof holdKind>;

/** A person whom a hold of a run names. */
export const heldPerson = z.object({
  employeeId: id,
  workerId: z.string(),
  name: z.string(),
  employeeNumber: z.nullable(z.string()),
});
heldPerson.register(z.globalRegistry, { id: "HeldPerson" });
export type HeldPerson = z.infer<typeof heldPerson>;

/** Why a plan is kept back: a code, the values that its text names, and the text in the reader's language. */
export const holdReason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.string()),
  text: z.string(),
});
export type HoldReason = z.infer<typeof holdReason>;

/** A plan that a guard keeps back until an admin accepts or rejects it. */
export const hold = z.object({
  id,
  runId: id,
  kind: holdKind,
  /** The person who is held; null where the whole run is held. */
  workerId: z.nullable(z.string()),
  employeeId: z.nullable(id),
  employeeName: z.nullable(z.string()),
  employeeNumber: z.nullable(z.string()),
  changes: z.array(plannedChange),
  reasons: z.array(holdReason),
  /** Where the run is held: the people who are suddenly missing, the first 50 by name, and how many there are. */
  people: z.array(heldPerson),
  peopleTotal: z.int(),
  /** Where the run is held: the fields that are suddenly empty, their names in words, and the people; also the first 50. */
  emptied: z.array(
    z.object({
      field: z.string(),
      fieldName: z.string(),
      people: z.array(heldPerson),
      peopleTotal: z.int(),
    }),
  ),
  status: z.enum(["open", "accepted", "rejected", "superseded"]),
  createdAt: instant,
});
hold.register(z.globalRegistry, { id: "Hold" });
export type Hold = z.infer<typeof hold>;

/** The hold as decided, and the run that carries the decision out, if one is needed. */
export const holdDecided = z.object({ hold, runId: z.nullable(id) });
export type HoldDecided = z.infer<typeof holdDecided>;

export const acceptHold = endpoint({
  method: "POST",
  path: "/holds/:id/acceptance",
  summary: "Accept what is held",
  description:
    "Queues a run that applies exactly what the hold shows; when it finds something else it holds again.",
  tags: ["holds"],
  roles: admins,
  tenant: "hold",
  params: idParams,
  answers: { 200: holdDecided },
  problems: ["WRONG_STATE"],
});

export const rejectHold = endpoint({
  method: "POST",
  path: "/holds/:id/rejection",
  summary: "Reject what is held",
  description: "Leaves everything as it is.",
  tags: ["holds"],
  roles: admins,
  tenant: "hold",
  params: idParams,
  answers: { 200: holdDecided },
  problems: ["WRONG_STATE"],
});
