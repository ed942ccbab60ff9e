import type { ParamKinds } from "./param-kinds.ts";

/** Where a task is decided: the person, the choice of people, the case or the connection, each a page of the app. */
export type TaskPlace = "employee" | "picker" | "case" | "connection";

export interface TaskEntry {
  about: "person" | "entity";
  place: TaskPlace;
  params: ParamKinds;
  /** Reasons (`params.reason`) with texts of their own. */
  reasons?: readonly string[];
}
