import { sql } from "kysely";
import type { StagedWorker } from "../runs/staging.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

interface RunKey {
  customerId: string;
  runId: string;
  entityId: string;
}

/** A whole run of the same connection that read this worker earlier and did not apply them yet goes on with what was read now. */
export async function renewStagedElsewhere(
  trx: TenantTransaction,
  run: RunKey,
  worker: StagedWorker,
): Promise<void> {
  await sql`
    update staged_workers s set
      content_hash = ${worker.contentHash}, filled = ${worker.filled}, email = ${worker.email}, employee_number = ${worker.employeeNumber},
      record = ${worker.record}
    from runs r
    where r.customer_id = ${run.customerId} and r.entity_id = ${run.entityId} and r.status = 'running' and r.worker_id is null
      and r.run_id <> ${run.runId} and s.customer_id = r.customer_id and s.run_id = r.run_id and s.worker_id = ${worker.workerId}`.execute(
    trx,
  );
}
