import { AppError } from "../domain/values/app-error.ts";
import { type Failure, failureChain } from "../domain/values/failure-chain.ts";

/** A failed job, as the queue stores it and the log shows it: without texts that may contain personal data. */
class JobFailed extends AppError {
  readonly failures: Failure[];

  constructor(error: unknown) {
    super("JOB_FAILED", "a job failed");
    this.failures = failureChain(error);
  }
}

/** Runs the work of a job. @throws JobFailed instead of the error of the work */
export async function runWithoutPersonalData(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new JobFailed(error);
  }
}
