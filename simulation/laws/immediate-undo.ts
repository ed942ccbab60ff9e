import type { ContractRow, EmployeeRow, Snapshot } from "../observations/snapshot.ts";

/**
 * Undoing a run at once restores people and contracts exactly, except for versions and times, and removes the people whom the run
 * created. A contract that the run added may stay as withdrawn.
 * @param left people of whom some field was reported as not undone
 */
export function breachesOfImmediateUndo(
  before: Snapshot,
  after: Snapshot,
  left: ReadonlySet<string>,
): string[] {
  const was = new Map(before.employees.map((one) => [one.employee_id, personText(one)]));
  const people = after.employees.flatMap((one) => {
    if (left.has(one.employee_id)) return [];
    const then = was.get(one.employee_id);
    if (then === undefined) return [`${one.email} was created by a run that was undone, and still exists`];
    return then === personText(one) ? [] : [`was ${then} and is ${personText(one)}`];
  });
  const known = new Map(before.contracts.map((one) => [keyOf(one), contractText(one)]));
  const contracts = after.contracts.flatMap((one) => {
    const then = known.get(keyOf(one));
    if (left.has(one.employee_id) || (then === undefined && one.withdrawn)) return [];
    return then === contractText(one) ? [] : [`contract was ${then} and is ${contractText(one)}`];
  });
  const gone = before.employees.length > after.employees.filter((one) => was.has(one.employee_id)).length;
  return [...people, ...contracts, ...(gone ? ["a person who existed before is gone"] : [])].map(
    (how) => `undo: ${how}`,
  );
}

function keyOf(one: ContractRow): string {
  return `${one.employee_id} ${one.contract_id}`;
}

function personText({ row_version: _version, updated_at: _at, ...rest }: EmployeeRow): string {
  return JSON.stringify(rest);
}

function contractText(row: ContractRow): string {
  const { row_version: _version, updated_at: _at, ...rest } = { updated_at: null, ...row };
  return JSON.stringify(rest);
}
