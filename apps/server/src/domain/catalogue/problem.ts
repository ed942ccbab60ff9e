import type { ProblemCode } from "./problem-catalogue.ts";

/** Members of an answer beside the catalogue's texts. */
export interface ProblemMembers {
  reason?: string;
  link?: string | null;
  fields?: string[];
  errors?: { path: string; message: string }[];
  remaining?: number;
  previewId?: string | null;
}

/** A refusal that whoever asked is told about: a code of the catalogue, and what its texts name. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly params: Record<string, string>;
  readonly members: ProblemMembers;
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ProblemCode,
    options: {
      params?: Record<string, string>;
      members?: ProblemMembers;
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(code, { cause: options.cause });
    this.code = code;
    this.params = options.params ?? {};
    this.members = options.members ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}
