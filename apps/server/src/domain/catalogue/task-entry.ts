import type { Texts } from "./text-template.ts";

/** What there is to decide now; budgets and invitations bring theirs. */
export type RaisedTaskKind = "leaver" | "newcomers_waiting" | "contract_ending" | "entity_move" | "support";

/** Where a task is decided: the person, the choice of people, the case or the connection, each a page of the app. */
export type TaskPlace = "employee" | "picker" | "case" | "connection";

export interface TaskEntry {
  about: "person" | "entity";
  place: TaskPlace;
  title: Texts;
  text: Texts;
  /** In the order in which they are done. */
  steps: readonly Texts[];
  /** Other words for one reason of several, by `params.reason`. */
  variants?: Readonly<Record<string, Texts>>;
}
