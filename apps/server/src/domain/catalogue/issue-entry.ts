import type { Texts } from "./text-template.ts";

export type IssueSeverity = "error" | "warning" | "notice";

/** Who acts: `customer` when HR mends it, in MyLiantis or here; `liantis` only when Liantis' own staff must. */
export type IssueWho = "customer" | "liantis" | "support" | "operator";

/**
 * Where a link leads: the worker or the list of workers in MyLiantis, or a page of the app. `move` is where a move between
 * entities is decided, `activation` where the consent is given, `integration` where one sees how the connection does.
 */
export type IssuePlace = "worker" | "workers" | "payflip_employee" | "move" | "activation" | "integration";

export interface IssueEntry {
  severity: IssueSeverity;
  who: IssueWho;
  about: "person" | "contract" | "run";
  place: IssuePlace;
  title: Texts;
  cause: Texts;
  remedy: Texts;
  /** It tells of something that happened: it stays for a week, or until somebody accepts it, and keeps nobody unsettled. */
  event?: true;
  /** Other words (and another severity) for one reason of several, by `params.reason`. */
  variants?: Readonly<Record<string, IssueVariant>>;
}

export interface IssueVariant {
  severity?: IssueSeverity;
  cause?: Texts;
  remedy?: Texts;
}
