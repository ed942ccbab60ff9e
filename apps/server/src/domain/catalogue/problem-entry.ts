import type { Texts } from "./text-template.ts";

export interface ProblemEntry {
  /** HTTP status. */
  status: number;
  title: Texts;
  detail: Texts;
  /** What to do, and where. */
  remedy: Texts;
  /** Other words for one reason of several, by `params.reason`. */
  variants?: Readonly<Record<string, ProblemVariant>>;
  /** Sentences that may follow the detail, by `params.hint`. */
  hints?: Readonly<Record<string, Texts>>;
}

export interface ProblemVariant {
  detail?: Texts;
  remedy?: Texts;
}
