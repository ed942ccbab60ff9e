import type { Texts } from "./text-template.ts";

export type IssueSeverity = "error" | "warning" | "notice";

/** Who acts: `customer` when HR mends it, in MyLiantis or here; `liantis` only when Liantis' own staff must. */
export type IssueWho = "customer" | "liantis" | "support" | "operator";

/** Where a link leads: the worker or the list of workers in MyLiantis, or a page of the app. */
export type IssuePlace =
  | "worker"
  | "workers"
  | "company_details"
  | "connection"
  | "payflip_employee"
  | "none";

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
