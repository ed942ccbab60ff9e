import type { PersonFacts, PersonPlan } from "../plan/plan-types.ts";
import type { EmployeeTarget, StoredContract } from "../records/employee.ts";
import type { Operation } from "../records/operation.ts";

/** The employee as the tables have them after a plan was applied, for tests. */
export function applied(plan: PersonPlan, before: PersonFacts): EmployeeTarget {
  const known = before.target.kind === "none" ? null : before.target.employee;
  const created = plan.operations.flatMap((one) => (one.kind === "create_employee" ? [one.after] : []))[0];
  const base: EmployeeTarget | null =
    known ??
    (created ? { employeeId: "e-new", rowVersion: 1, deactivated: false, contracts: [], ...created } : null);
  if (base === null) throw new TypeError("nobody is there after such a plan");
  const contracts = new Map(base.contracts.map((one) => [one.contractId, one]));
  let person = base;
  for (const operation of plan.operations) {
    if (operation.kind === "update_employee") {
      person = {
        ...person,
        ...Object.fromEntries(operation.changes.map((one) => [one.field, one.after])),
        rowVersion: person.rowVersion + 1,
      };
    } else applyContract(contracts, operation);
  }
  return { ...person, contracts: [...contracts.values()] };
}

function applyContract(contracts: Map<string, StoredContract>, operation: Operation): void {
  if (operation.kind === "add_contract") {
    contracts.set(operation.contractId, {
      contractId: operation.contractId,
      rowVersion: 1,
      withdrawn: false,
      ...operation.after,
    });
  }
  if (operation.kind !== "update_contract" && operation.kind !== "withdraw_contract") return;
  const stored = contracts.get(operation.contractId);
  if (stored?.rowVersion !== operation.rowVersion) throw new TypeError("the plan is against another row");
  const values = operation.kind === "update_contract" ? operation.after : stored;
  const withdrawn = operation.kind === "withdraw_contract";
  contracts.set(operation.contractId, { ...stored, ...values, withdrawn, rowVersion: stored.rowVersion + 1 });
}
