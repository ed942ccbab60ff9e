import type { ProblemBody } from "@payflip/contract/problem.ts";

/** A problem as the API tells it (RFC 9457), in the language of the screen; from a proxy, parts may be missing. */
export type Problem = Partial<ProblemBody>;

/** The server refused or failed, and says why in `problem`. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.code ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }

  get code(): string | undefined {
    return this.problem.code;
  }
}

/** No answer reached us: offline, server restarting, or a proxy's own page. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";

  constructor(options: ErrorOptions) {
    super("No answer from the server", options);
  }
}

export function hasStatus(error: unknown, status: number): boolean {
  return error instanceof ApiProblem && error.status === status;
}
