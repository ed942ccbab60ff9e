import type { ParamValues } from "./param-kinds.ts";
import type { TaskEntry, TaskPlace } from "./task-entry.ts";

/** How long before the end of a contract without a following one a task opens, in days. */
export const contractEndingDays = 14;

const entries = {
  leaver: {
    about: "person",
    place: "employee",
    params: { employeeNumber: "text", date: "date" },
    reasons: ["absent", "no_contract"],
  },
  newcomers_waiting: { about: "entity", place: "picker", params: { count: "number" } },
  contract_ending: { about: "person", place: "employee", params: { employeeNumber: "text", date: "date" } },
  entity_move: { about: "person", place: "case", params: { employeeNumber: "text" } },
  support: { about: "entity", place: "connection", params: { date: "date" } },
} as const satisfies Record<string, TaskEntry>;

/** What there is to decide now; budgets and invitations bring theirs. */
export type RaisedTaskKind = keyof typeof entries;

export const taskCatalogue: Readonly<Record<RaisedTaskKind, TaskEntry>> = entries;

/** What the texts of a task name, the reason that chooses between them, and the name that lists show. */
export type TaskParams<Kind extends RaisedTaskKind> = ParamValues<(typeof entries)[Kind]["params"]> & {
  reason?: string;
  name?: string;
};

export function isRaisedTaskKind(text: string): text is RaisedTaskKind {
  return Object.hasOwn(taskCatalogue, text);
}

export function taskPlace(kind: RaisedTaskKind): TaskPlace {
  return taskCatalogue[kind].place;
}
