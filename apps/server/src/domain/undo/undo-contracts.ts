import type { ContractValues, StoredContract } from "../records/employee.ts";
import type { FieldChange } from "../records/operation.ts";
import { contractFieldNames, isContractField } from "../records/synced-fields.ts";
import { compareDecimals } from "../values/decimal.ts";
import { grossMonthlyOf } from "../wages/wage-conversion.ts";
import { type NotUndone, type RestoredContract, touchKey, type WrittenChange } from "./undo-types.ts";

export interface ContractsUndo {
  removed: StoredContract[];
  updated: RestoredContract[];
  /** All of them as they will be. */
  after: StoredContract[];
  undone: { seq: number; fields: string[] }[];
  notUndone: NotUndone[];
}

/**
 * Undoes what a run wrote of wage contracts: added ones are removed, changed ones get their old values, withdrawn ones count
 * again.
 * @param stored the contracts as they are now
 * @param touched fields (`touchKey`) that were written since
 */
export function undoContracts(
  changes: readonly WrittenChange[],
  stored: readonly StoredContract[],
  touched: ReadonlySet<string>,
): ContractsUndo {
  const result: ContractsUndo = {
    removed: [],
    updated: [],
    after: [...stored],
    undone: [],
    notUndone: [],
  };
  for (const change of changes) {
    const { contractId } = change;
    if (contractId === null || openFields(change).length === 0) continue;
    const contract = result.after.find((one) => one.contractId === contractId);
    if (contract === undefined) {
      result.notUndone.push({ contractId, field: null, reason: "changed_since" });
    } else if (change.kind === "create") removeAdded(result, change, contract, touched);
    else restoreContract(result, change, contract, touched);
  }
  return result;
}

/** Fields that were not undone yet. */
export function openFields({ fields, undoneFields }: WrittenChange): string[] {
  return Object.keys(fields).filter((field) => !undoneFields.has(field));
}

/** Whether two texts are the same value: a number may be stored with other trailing zeros. */
export function isSameValue(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  return a === b || (number.test(a) && number.test(b) && compareDecimals(a, b) === 0);
}

const number = /^-?\d+(?:\.\d+)?$/;

function removeAdded(
  result: ContractsUndo,
  change: WrittenChange,
  contract: StoredContract,
  touched: ReadonlySet<string>,
): void {
  const { contractId } = contract;
  const isAsWritten = contractFieldNames.every((field) =>
    isSameValue(contract[field], change.fields[field]?.[1] ?? null),
  );
  const isTouched = [...contractFieldNames, "withdrawn"].some((field) =>
    touched.has(touchKey(contractId, field)),
  );
  if (!isAsWritten || contract.withdrawn || isTouched) {
    result.notUndone.push({ contractId, field: null, reason: "changed_since" });
    return;
  }
  result.removed.push(contract);
  result.after = result.after.filter((one) => one !== contract);
  result.undone.push({ seq: change.seq, fields: Object.keys(change.fields) });
}

function restoreContract(
  result: ContractsUndo,
  change: WrittenChange,
  contract: StoredContract,
  touched: ReadonlySet<string>,
): void {
  const { contractId, rowVersion } = contract;
  const fields = openFields(change);
  const free = restorableFields(change, contract, touched);
  for (const field of fields)
    if (!free.has(field)) result.notUndone.push({ contractId, field, reason: "changed_since" });
  if (free.size === 0) return;
  const before = Object.fromEntries([...free].map((field) => [field, change.fields[field]?.[0] ?? null]));
  const { withdrawn = String(contract.withdrawn), ...values } = before;
  const after = withMonthlyWage(
    { ...contract, ...(values as Partial<ContractValues>), withdrawn: withdrawn === "true" },
    fields,
    free,
  );
  result.updated.push({ contractId, rowVersion, after, changes: differences(contract, after) });
  result.after = result.after.map((one) => (one === contract ? { ...contract, ...after } : one));
  result.undone.push({ seq: change.seq, fields: fields.filter((field) => free.has(field)) });
}

/** The fields that still have what the run wrote. A wage and its type, or both dates, are restored together or not at all. */
function restorableFields(
  change: WrittenChange,
  contract: StoredContract,
  touched: ReadonlySet<string>,
): Set<string> {
  const fields = openFields(change);
  const free = new Set(
    fields.filter((field) => {
      const now = isContractField(field) ? contract[field] : String(contract.withdrawn);
      return (
        isSameValue(now, change.fields[field]?.[1] ?? null) &&
        !touched.has(touchKey(contract.contractId, field))
      );
    }),
  );
  for (const pair of [
    ["wageType", "grossAmount"],
    ["startDate", "endDate"],
  ]) {
    if (pair.some((field) => fields.includes(field) && !free.has(field)))
      for (const field of pair) free.delete(field);
  }
  return free;
}

const monthlyInputs = ["statute", "wageType", "grossAmount", "weeklyHours"];

/** Calculates the monthly wage again if only a part of its inputs is restored. */
function withMonthlyWage(
  after: StoredContract,
  fields: readonly string[],
  free: Set<string>,
): StoredContract {
  const inputs = monthlyInputs.filter((field) => fields.includes(field));
  const isWhole = inputs.every((field) => free.has(field));
  const isRestored = free.has("grossMonthly") || !fields.includes("grossMonthly");
  if (inputs.length === 0 || (isWhole && isRestored)) return after;
  free.delete("grossMonthly");
  return { ...after, grossMonthly: grossMonthlyOf(after) };
}

function differences(before: StoredContract, after: StoredContract): FieldChange[] {
  const all = [
    ...contractFieldNames.map((field) => ({
      field: field as string,
      before: before[field],
      after: after[field],
    })),
    { field: "withdrawn", before: String(before.withdrawn), after: String(after.withdrawn) },
  ];
  return all.filter((change) => !isSameValue(change.before, change.after));
}
