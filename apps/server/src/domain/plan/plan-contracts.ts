import type { Effect } from "../catalogue/effect.ts";
import type { IssueCode } from "../catalogue/issue-catalogue.ts";
import type { StoredContract } from "../records/employee.ts";
import type { Operation, OperationReason } from "../records/operation.ts";
import { contractFieldNames, isPersonField, type NumberField } from "../records/synced-fields.ts";
import type { WorkerContract, WorkerRecord } from "../records/worker.ts";
import { compareDecimals } from "../values/decimal.ts";
import { mergeContract } from "../wages/contract-merge.ts";
import type { MergedContract } from "../wages/contract-merge.ts";
import type { TimelineContract } from "../wages/contract-timeline.ts";
import { unreadableIssue } from "./plan-issues.ts";
import type { IssueFact } from "./plan-types.ts";

export interface ContractsPlan {
  operations: Operation[];
  issues: IssueFact[];
  /** The contracts as they will be, for choosing the current one. */
  after: TimelineContract[];
}

export interface ContractsBefore {
  stored: readonly StoredContract[];
  /** Calendar date in Europe/Brussels. */
  today: string;
  /** The most that employer contributions may be, in percent of the gross. */
  nssoPercentMax: number;
  reason: OperationReason;
}

/**
 * Plans the wage contracts of one person, by the id that Liantis gave each. A defect keeps only its own value back. Problems of a
 * contract that has ended raise no issue, with one exception: dates that contradict each other in the last contract of a
 * person without a running one, since they may be why there is none.
 */
export function planContracts(source: WorkerRecord, before: ContractsBefore): ContractsPlan {
  const storedById = new Map(before.stored.map((contract) => [contract.contractId, contract]));
  const records = distinctRecords(source.contracts);
  const listed = new Set(records.map((record) => record.contractId));
  const merged = records.map((record) => {
    const prior = storedById.get(record.contractId) ?? null;
    const defects = defectsOf(source, record.contractId);
    return { prior, ...mergeContract(record, prior, { defects, nssoPercentMax: before.nssoPercentMax }) };
  });
  const gone = isListReadable(source) ? before.stored.filter((one) => isGone(one, listed, before.today)) : [];
  const goneIds = new Set(gone.map((one) => one.contractId));
  const untouched = before.stored
    .filter((one) => !listed.has(one.contractId))
    .map((one) => ({ ...one, withdrawn: one.withdrawn || goneIds.has(one.contractId) }));
  const after = [...merged.flatMap(contractAfter), ...untouched];
  return {
    operations: [
      ...merged.flatMap((one) => writeOperation(one, before.reason)),
      ...gone.map(withdrawOperation),
    ].toSorted(byContractId),
    issues: merged.flatMap((one) =>
      hasEnded(one, before.today)
        ? lastContractIssues(one, after, before.today)
        : issuesOfContract(one, source),
    ),
    after,
  };
}

type PlannedContract = MergedContract & { prior: StoredContract | null };

/** One record for each id, the same one in whatever order they were sent. */
function distinctRecords(records: readonly WorkerContract[]): WorkerContract[] {
  const byId = new Map<string, WorkerContract>();
  for (const record of records) {
    const twin = byId.get(record.contractId);
    if (twin === undefined || JSON.stringify(twin) < JSON.stringify(record))
      byId.set(record.contractId, record);
  }
  return [...byId.values()].toSorted((a, b) => (a.contractId < b.contractId ? -1 : 1));
}

function defectsOf(source: WorkerRecord, contractId: string): string[] {
  return source.defects.filter((defect) => defect.contractId === contractId).map((defect) => defect.field);
}

/** A list of contracts that could not be read in full says nothing about what is not on it. */
function isListReadable(source: WorkerRecord): boolean {
  return source.defects.every((defect) => defect.contractId !== null || isPersonField(defect.field));
}

/** Ended contracts fall out of the provider's window of five years by themselves: only what still counts can be gone. */
function isGone(stored: StoredContract, listed: ReadonlySet<string>, today: string): boolean {
  if (stored.withdrawn || listed.has(stored.contractId)) return false;
  return stored.endDate === null || stored.endDate >= today;
}

function writeOperation({ contractId, prior, after }: PlannedContract, reason: OperationReason): Operation[] {
  if (after === null) return [];
  if (prior === null) return [{ kind: "add_contract", contractId, after, reason }];
  const fields = contractFieldNames.map((field) => ({ field, before: prior[field], after: after[field] }));
  const listedAgain = { field: "withdrawn" as const, before: String(prior.withdrawn), after: "false" };
  const changes = [...fields, listedAgain].filter((change) => change.before !== change.after);
  const { rowVersion } = prior;
  return changes.length === 0
    ? []
    : [{ kind: "update_contract", contractId, rowVersion, after, changes, reason }];
}

function withdrawOperation({ contractId, rowVersion }: StoredContract): Operation {
  return { kind: "withdraw_contract", contractId, rowVersion, reason: "contract_gone" };
}

function byContractId(a: Operation, b: Operation): number {
  const [idA, idB] = [a, b].map((one) => ("contractId" in one ? one.contractId : ""));
  return (idA ?? "") < (idB ?? "") ? -1 : 1;
}

function contractAfter({ contractId, prior, after }: PlannedContract): TimelineContract[] {
  if (after !== null) return [{ contractId, withdrawn: false, ...after }];
  return prior === null ? [] : [prior];
}

function hasEnded({ lastDay }: PlannedContract, today: string): boolean {
  return lastDay !== null && lastDay < today;
}

/** The contradiction in the dates of the last contract, when no contract runs or has yet to start. */
function lastContractIssues(
  contract: PlannedContract,
  after: readonly TimelineContract[],
  today: string,
): IssueFact[] {
  const problem = contract.problems.find((one) => one.code === "CONTRACT_DATES_INVALID");
  if (problem === undefined) return [];
  const others = after.filter((one) => !one.withdrawn && one.contractId !== contract.contractId);
  const isLast = others.every((one) => one.endDate !== null && one.endDate <= (contract.lastDay ?? ""));
  const isCurrent = contract.after !== null && (contract.after.endDate ?? today) >= today;
  if (!isLast || isCurrent) return [];
  return issuesOfContract({ ...contract, problems: [problem], unreadable: [] }, null);
}

function issuesOfContract(contract: PlannedContract, source: WorkerRecord | null): IssueFact[] {
  const { contractId, after, problems, unreadable } = contract;
  const startDate = after?.startDate ?? "";
  const facts = problems.map(
    (problem): IssueFact => ({
      code: problem.code,
      contractId,
      params: { startDate, effect: effectOf(contract, problem.code), ...problem.params },
    }),
  );
  const employeeNumber = source?.employeeNumber ?? "";
  const effect = contract.prior === null ? "left_empty" : "kept";
  return [...facts, ...unreadableIssue(unreadable, { contractId, employeeNumber, effect })];
}

/** What becomes of the value that a problem is about, before a guard holds the contract. */
function effectOf({ prior, sent, after }: PlannedContract, code: IssueCode): Effect {
  if (after === null) return "kept_out";
  const field = warnedFields.get(code);
  const [value, has] = field === undefined ? [null, null] : [sent[field], after[field]];
  const isSame = value !== null && has !== null && compareDecimals(value, has) === 0;
  if (isSame && (field !== "grossAmount" || sent.wageType === after.wageType)) return "taken_over";
  return prior === null ? "left_empty" : "kept";
}

/** Problems that only warn: the value is still written. Issue code → field. */
const warnedFields = new Map<IssueCode, NumberField>([
  ["WAGE_IMPLAUSIBLE", "grossAmount"],
  ["REGIME_OVER_100", "workRegimePercentage"],
  ["EMPLOYER_NSSO_IMPLAUSIBLE", "employerSocialSecurityPercentage"],
]);
