import { closeIssues, raiseIssues } from "../decisions/issues.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { formatEnterpriseNumber, readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import { issueWithParams } from "../domain/catalogue/issue-catalogue.ts";

const code = "VAT_CHANGED_SINCE_ACTIVATION";

interface EntityAt {
  customerId: string;
  entityId: string;
  /** RFC 3339. */
  at: string;
}

/**
 * Says that company details name another company than the one that consented, while the connection rests because of it. No run
 * finds that out, so it is said where the connection is paused.
 *
 * @param numbers.consented the 10 digits the consent is for
 * @param numbers.vatNumber what company details say now, as somebody typed it
 */
export async function raiseNumberIssue(
  trx: TenantTransaction,
  entity: EntityAt,
  { consented, vatNumber }: { consented: string; vatNumber: string | null },
): Promise<void> {
  const reading = readEnterpriseNumber(vatNumber);
  const number = reading.kind === "ok" ? formatEnterpriseNumber(reading.number) : (vatNumber ?? "");
  const params = { consented: formatEnterpriseNumber(consented), number };
  await raiseIssues(trx, { ...entity, runId: null }, [
    { ...issueWithParams(code, params), workerId: "", contractId: "", employeeId: null },
  ]);
}

/** The number is back, or the connection goes on with another one. */
export async function closeNumberIssue(trx: TenantTransaction, entity: EntityAt): Promise<void> {
  await closeIssues(trx, entity, [code]);
}
