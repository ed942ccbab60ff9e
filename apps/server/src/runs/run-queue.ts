/** The work of one run, as a worker process takes it. */
export interface RunJob {
  customerId: string;
  runId: string;
}
