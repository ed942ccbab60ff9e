import { AppError } from "../domain/app-error.ts";

interface Failure {
  name: string;
  code: string | null;
  /** Places in the code, innermost first. */
  at: string[];
}

/** A job that failed, as the queue keeps it and the log shows it. */
class JobFailed extends AppError {
  readonly failures: Failure[];

  constructor(error: unknown) {
    super("JOB_FAILED", "a job failed");
    this.failures = failureChain(error);
  }
}

/** Runs the work of a job. @throws JobFailed in the place of whatever the work throws */
export async function withoutQuotes(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new JobFailed(error);
  }
}

/**
 * An error and its causes in names, codes and places in the code. Messages and details stay out: a database's may quote the
 * row it did not like, a mail server's the address.
 */
export function failureChain(error: unknown): Failure[] {
  const chain: Failure[] = [];
  for (let one = error; one instanceof Error && chain.length < chainMax; one = one.cause) {
    const frames = (one.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
    const code = "code" in one && typeof one.code === "string" ? one.code : null;
    chain.push({ name: one.name, code, at: frames.slice(0, framesMax).map((line) => line.trim()) });
  }
  return chain;
}

const chainMax = 5;
const framesMax = 8;
