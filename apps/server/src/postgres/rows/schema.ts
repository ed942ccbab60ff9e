import type { AccountLinkRow, AccountRow, ApiKeyRow, MembershipRow, SessionRow } from "./accounts.ts";
import type { ChangeRow } from "./changes.ts";
import type { CandidateListRow, CandidateRow, ChoiceRow } from "./choices.ts";
import type { ConnectionRow } from "./connections.ts";
import type { ConnectTokenRow, ConsentReceiptRow, ConsentStateRow } from "./consents.ts";
import type { CustomerRow, EntityRow } from "./customers.ts";
import type { EmployeeRow, WageContractRow } from "./employees.ts";
import type { HoldRow, IssueRow } from "./issues-and-holds.ts";
import type { LinkRow, UnlinkedPairRow } from "./links.ts";
import type { PreviewOperationRow, PreviewRow } from "./previews.ts";
import type { AuditEntryRow, IdempotencyKeyRow, MailRow } from "./records.ts";
import type { RunRow, StagedPageRow, StagedWorkerRow } from "./runs.ts";
import type { CaseRow, TaskRow } from "./tasks-and-cases.ts";

/**
 * The tables that queries are typed by, with their rows as SQL has them: snake_case, dates and decimals as strings, instants as
 * RFC 3339 UTC. Tables that only definer functions and written SQL reach are not here.
 */
export interface Schema {
  customers: CustomerRow;
  entities: EntityRow;
  accounts: AccountRow;
  memberships: MembershipRow;
  sessions: SessionRow;
  api_keys: ApiKeyRow;
  account_links: AccountLinkRow;
  employees: EmployeeRow;
  wage_contracts: WageContractRow;
  connections: ConnectionRow;
  consent_receipts: ConsentReceiptRow;
  consent_states: ConsentStateRow;
  connect_tokens: ConnectTokenRow;
  runs: RunRow;
  links: LinkRow;
  staged_pages: StagedPageRow;
  staged_workers: StagedWorkerRow;
  changes: ChangeRow;
  holds: HoldRow;
  issues: IssueRow;
  idempotency_keys: IdempotencyKeyRow;
  audit_entries: AuditEntryRow;
  mails: MailRow;
  choices: ChoiceRow;
  candidate_lists: CandidateListRow;
  candidates: CandidateRow;
  previews: PreviewRow;
  preview_operations: PreviewOperationRow;
  tasks: TaskRow;
  cases: CaseRow;
  unlinked_pairs: UnlinkedPairRow;
}
