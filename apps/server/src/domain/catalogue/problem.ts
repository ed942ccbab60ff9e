import type { ProblemCode, ProblemParams } from "./problem-catalogue.ts";

/** Members of an answer beside the catalogue's texts. */
export interface ProblemMembers {
  reason?: string;
  link?: string | null;
  fields?: string[];
  errors?: { path: string; message: string }[];
  remaining?: number;
  previewId?: string | null;
}

interface ProblemOptions<Code extends ProblemCode> {
  params?: ProblemParams<Code>;
  members?: ProblemMembers;
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** A code whose texts name something needs its values; one that names nothing takes none. */
type ProblemArguments<Code extends ProblemCode> =
  Record<never, never> extends ProblemParams<Code>
    ? [options?: ProblemOptions<Code>]
    : [options: ProblemOptions<Code> & { params: ProblemParams<Code> }];

/** A refusal with a text for the caller: a code of the catalogue, and the values that its texts name. */
export class Problem<Code extends ProblemCode = ProblemCode> extends Error {
  override readonly name = "Problem";
  readonly code: Code;
  readonly params: Readonly<Record<string, string>>;
  readonly members: ProblemMembers;
  readonly retryAfterSeconds: number | null;

  constructor(code: Code, ...[options = {}]: ProblemArguments<Code>) {
    super(code, { cause: options.cause });
    this.code = code;
    this.params = options.params ?? {};
    this.members = options.members ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}
