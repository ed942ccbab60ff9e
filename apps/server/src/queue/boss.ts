import { fromKysely, PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { RunQueue } from "../runs/run-queue.ts";
import { priorities } from "./lanes.ts";
import { queues } from "./queues.sql.ts";

/** The job queue of one process. @param supervise whether this process watches for dead workers and runs the schedule */
export async function startBoss(
  url: string,
  { logger, supervise }: { logger: Logger; supervise: boolean },
): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    max: 5,
    // The tables are installed by the migration, as the owner: this role may use them only.
    migrate: false,
    createSchema: false,
    reindex: false,
    useListenNotify: true,
    supervise,
    schedule: supervise,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    maintenanceIntervalSeconds: 3600,
  });
  boss.on("error", (error) => logger.error({ code: "QUEUE_TROUBLE", err: error.name }, "job queue trouble"));
  await boss.start();
  return boss;
}

/** A queue that was never started: every request for a job fails, and nothing is opened. */
export function createAbsentQueue(): PgBoss {
  return new PgBoss({ migrate: false, createSchema: false });
}

export interface MailJob {
  customerId: string;
  mailId: string;
}

/** The key of a job is its run. The table of runs, not the queue, allows one open run per connection. */
export function createRunQueue(boss: PgBoss): RunQueue {
  return {
    enqueueRun: async (trx, job, urgency) => {
      await boss.send(queues.sync.name, job, {
        singletonKey: job.runId,
        priority: priorities[urgency],
        group: { id: `${urgency} ${job.customerId}` },
        db: fromKysely(trx),
      });
    },
    enqueuePersonRun: async (trx, job) => {
      await boss.send(queues.checkPerson.name, job, { singletonKey: job.runId, db: fromKysely(trx) });
    },
  };
}

export async function enqueueMail(boss: PgBoss, trx: TenantTransaction, job: MailJob): Promise<void> {
  await boss.send(queues.mail.name, job, { singletonKey: job.mailId, db: fromKysely(trx) });
}
