import type { Between, Breach } from "../observations/step-span.ts";
import type { ChangeRow, ContractRow, EmployeeRow, Snapshot } from "../observations/snapshot.ts";

type Values = Map<string, string | null>;

const personColumns: Record<string, keyof EmployeeRow> = {
  firstName: "first_name",
  lastName: "last_name",
  email: "email",
  language: "language",
  startDate: "start_date",
  employeeNumber: "employee_number",
  currentContractId: "current_contract_id",
};
const contractColumns: Record<string, keyof ContractRow> = {
  statute: "statute",
  wageType: "wage_type",
  grossAmount: "gross_amount",
  grossMonthly: "gross_monthly",
  startDate: "start_date",
  endDate: "end_date",
  weeklyHours: "weekly_hours",
  referenceWeeklyHours: "reference_weekly_hours",
  workRegimePercentage: "work_regime_percentage",
  employerSocialSecurityPercentage: "employer_social_security_percentage",
  jointCommittee: "joint_committee",
  withdrawn: "withdrawn",
};
const numbers = new Set([
  "grossAmount",
  "grossMonthly",
  "weeklyHours",
  "referenceWeeklyHours",
  "workRegimePercentage",
]);

/** The changes of a step are exactly the difference between the tables before and after it. */
export function changesAreTheDifference({ before, after, touched }: Between): Breach[] {
  const known = new Set(before.changes.map(keyOf));
  const recorded = new Map<string, [string | null, string | null]>();
  for (const change of after.changes) {
    if (!known.has(keyOf(change))) collect(recorded, change);
  }
  const [was, is] = [valuesOf(before), valuesOf(after)];
  const isTouched = (key: string) => {
    const employeeId = key.split(" ")[0] ?? "";
    return touched.employees.has(employeeId) || touched.removed.has(employeeId);
  };
  const places = new Set([...recorded.keys(), ...was.keys(), ...is.keys()]);
  return [...places].flatMap((place) => {
    if (isTouched(place)) return [];
    const [old, now] = [was.get(place) ?? null, is.get(place) ?? null];
    const change = recorded.get(place);
    if (change === undefined)
      return old === now ? [] : [`${place} went from ${old} to ${now} without a change`];
    const isRight = change[0] === old && change[1] === now;
    return isRight
      ? []
      : [`${place} went from ${old} to ${now}, its changes go from ${change[0]} to ${change[1]}`];
  });
}

function keyOf(change: ChangeRow): string {
  return `${change.run_id} ${change.seq}`;
}

/** Several changes of one field in a step count as one, from the first value to the last. */
function collect(recorded: Map<string, [string | null, string | null]>, change: ChangeRow): void {
  for (const { key, before, after } of placesOfChange(change)) {
    const first = recorded.get(key)?.[0];
    recorded.set(key, [first === undefined ? before : first, after]);
  }
}

/** One field of one person or of one of their contracts. */
export interface Place {
  key: string;
  employeeId: string;
  contractId: string | null;
  field: string;
}

export interface ChangedPlace extends Place {
  before: string | null;
  after: string | null;
}

export function placeOf(employeeId: string, contractId: string | null, field: string): string {
  return `${employeeId} ${contractId ?? "-"} ${field}`;
}

/** The fields of a change, with values in a form that can be compared. */
export function placesOfChange(change: ChangeRow): ChangedPlace[] {
  const { employee_id: employeeId, contract_id: contractId } = change;
  return Object.entries(change.fields)
    .filter(([field]) => field !== "link")
    .map(([field, [before, after]]) => ({
      key: placeOf(employeeId, contractId, field),
      employeeId,
      contractId,
      field,
      before: canonical(field, before),
      after: canonical(field, after),
    }));
}

export function valuesOf(snapshot: Snapshot): Values {
  const values: Values = new Map();
  for (const one of snapshot.employees) {
    for (const [field, column] of Object.entries(personColumns))
      values.set(placeOf(one.employee_id, null, field), canonical(field, one[column]));
  }
  for (const one of snapshot.contracts) {
    for (const [field, column] of Object.entries(contractColumns)) {
      const value = column === "withdrawn" && !one.withdrawn ? "false" : one[column];
      values.set(placeOf(one.employee_id, one.contract_id, field), canonical(field, value));
    }
  }
  return values;
}

/** Equal numbers become equal texts, whatever zeros they end with; "not withdrawn" counts as no value. */
function canonical(field: string, value: string | number | boolean | null): string | null {
  if (value === null) return null;
  const text = String(value);
  if (field === "withdrawn") return text === "true" ? text : null;
  const isNumber = numbers.has(field) || field === "employerSocialSecurityPercentage";
  return isNumber && text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
