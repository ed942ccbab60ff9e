import type { ParamKinds } from "./param-kinds.ts";

export interface ProblemEntry {
  /** HTTP status. */
  status: number;
  params: ParamKinds;
  /** Reasons (`params.reason`) with texts of their own. */
  reasons?: readonly string[];
  /** Sentences that may follow the detail (`params.hint`), and the parameters that they take beside those of the code. */
  hints?: Readonly<Record<string, ParamKinds>>;
}
