import { sql } from "kysely";
import type { TenantTransaction } from "../postgres/transaction.ts";

interface RunKey {
  customerId: string;
  runId: string;
  entityId: string;
}

/** A worker who shares an e-mail address with somebody, as the last listing said it. */
export interface KnownDuplicate {
  workerId: string;
  email: string;
  employeeNumber: string;
  /** Employee numbers of those who share the address, with ", " between. */
  otherEmployeeNumbers: string;
  /** The worker who is linked to the employee who has the address, if any. */
  holderWorkerId: string | null;
}

/**
 * What earlier listings said of the e-mail addresses that this run stages: whoever is looked at alone must not be given an
 * address that is known to be somebody else's too.
 */
export async function knownDuplicates(trx: TenantTransaction, run: RunKey): Promise<KnownDuplicate[]> {
  const { rows } = await sql<KnownDuplicate>`
    select i.worker_id as "workerId", s.email, coalesce(i.params->>'employeeNumber', '') as "employeeNumber",
           coalesce(i.params->>'otherEmployeeNumbers', '') as "otherEmployeeNumbers", l.worker_id as "holderWorkerId"
    from staged_workers s
    join issues i on i.customer_id = s.customer_id and i.entity_id = s.entity_id and i.code = 'EMAIL_DUPLICATE_IN_LIANTIS'
      and i.status <> 'closed' and i.params->>'email' = s.email
    left join employees e on e.customer_id = s.customer_id and e.email = s.email
    left join links l on l.customer_id = e.customer_id and l.employee_id = e.employee_id
    where s.customer_id = ${run.customerId} and s.run_id = ${run.runId} and s.email is not null
    order by i.worker_id`.execute(trx);
  return rows;
}
