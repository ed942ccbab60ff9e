import { AppError } from "../domain/values/app-error.ts";
import { type Failure, failureChain } from "../domain/values/failure-chain.ts";

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
