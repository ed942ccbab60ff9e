import type { ParamKinds } from "./param-kinds.ts";

export type IssueSeverity = "error" | "warning" | "notice";

/** Who acts: `customer` when HR corrects it, in MyLiantis or here; `liantis` only when Liantis' own staff must. */
export type IssueWho = "customer" | "liantis" | "support" | "operator";

/**
 * Where a link leads: the worker or the list of workers in MyLiantis, or a page of the app. `move` is where a move between
 * entities is decided, `activation` where the consent is given, `integration` where the state of the connection is shown.
 */
export type IssuePlace = "worker" | "workers" | "payflip_employee" | "move" | "activation" | "integration";

export interface IssueEntry {
  severity: IssueSeverity;
  who: IssueWho;
  about: "person" | "contract" | "run";
  place: IssuePlace;
  params: ParamKinds;
  /** It tells of something that happened: it stays for a week, or until an admin accepts it, and keeps no person unsettled. */
  event?: true;
  /** Reasons (`params.reason`) with texts or a severity of their own. */
  reasons?: Readonly<Record<string, IssueReason>>;
}

export interface IssueReason {
  severity?: IssueSeverity;
  /** Beside those of the code. */
  params?: ParamKinds;
}
