import { closeIssues, raiseIssues } from "../decisions/issues.sql.ts";
import { issueWithParams } from "../domain/catalogue/issue-catalogue.ts";
import type { EntityKey } from "../domain/records/keys.ts";
import { formatEnterpriseNumber, readEnterpriseNumber } from "../domain/values/enterprise-number.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

const code = "VAT_CHANGED_SINCE_ACTIVATION";

interface NumberIssueScope extends EntityKey {
  /** RFC 3339. */
  now: string;
}

/**
 * Opens the issue that company details have another number than the consent, while the connection is paused for it. Runs are
 * paused then, so the use case that pauses the connection opens it.
 *
 * @param numbers.consented the 10 digits that the consent is for
 * @param numbers.vatNumber the number in company details now, as an admin typed it
 */
export async function raiseNumberIssue(
  trx: TenantTransaction,
  entity: NumberIssueScope,
  { consented, vatNumber }: { consented: string; vatNumber: string | null },
): Promise<void> {
  const reading = readEnterpriseNumber(vatNumber);
  const number = reading.kind === "ok" ? formatEnterpriseNumber(reading.number) : (vatNumber ?? "");
  const params = { consented: formatEnterpriseNumber(consented), number };
  await raiseIssues(trx, { ...entity, runId: null }, [
    { ...issueWithParams(code, params), workerId: "", contractId: "", employeeId: null },
  ]);
}

/** Closes the issue: the old number is back, or there is a consent for the new one. */
export async function closeNumberIssue(trx: TenantTransaction, entity: NumberIssueScope): Promise<void> {
  await closeIssues(trx, entity, [code]);
}
