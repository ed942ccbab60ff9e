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

/** What the changes of a step say is exactly what became different in the tables: no more, no less, before and after. */
export function changesAreTheDifference({ before, after, touched }: Between): Breach[] {
  const known = new Set(before.changes.map(keyOf));
  const said = new Map<string, [string | null, string | null]>();
  for (const change of after.changes) {
    if (!known.has(keyOf(change))) collect(said, change);
  }
  const [was, is] = [valuesOf(before), valuesOf(after)];
  const isTouched = (key: string) => {
    const employeeId = key.split(" ")[0] ?? "";
    return touched.employees.has(employeeId) || touched.removed.has(employeeId);
  };
  const places = new Set([...said.keys(), ...was.keys(), ...is.keys()]);
  return [...places].flatMap((place) => {
    if (isTouched(place)) return [];
    const [from, to] = [was.get(place) ?? null, is.get(place) ?? null];
    const told = said.get(place);
    if (told === undefined)
      return from === to ? [] : [`${place} went from ${from} to ${to} and no change says so`];
    const right = told[0] === from && told[1] === to;
    return right
      ? []
      : [`${place} went from ${from} to ${to}, the changes say from ${told[0]} to ${told[1]}`];
  });
}

function keyOf(change: ChangeRow): string {
  return `${change.run_id} ${change.seq}`;
}

/** Several changes of one field in a step are one from the first value to the last. */
function collect(said: Map<string, [string | null, string | null]>, change: ChangeRow): void {
  for (const { key, from, to } of placesOfChange(change)) {
    const first = said.get(key)?.[0];
    said.set(key, [first === undefined ? from : first, to]);
  }
}

/** One field of one person or of one of their contracts. */
export interface Place {
  key: string;
  employeeId: string;
  contractId: string | null;
  field: string;
}

export function placeOf(employeeId: string, contractId: string | null, field: string): string {
  return `${employeeId} ${contractId ?? "-"} ${field}`;
}

/** What a change says of each field, as values that can be compared. */
export function placesOfChange(change: ChangeRow): (Place & { from: string | null; to: string | null })[] {
  const { employee_id: employeeId, contract_id: contractId } = change;
  return Object.entries(change.fields)
    .filter(([field]) => field !== "link")
    .map(([field, [from, to]]) => ({
      key: placeOf(employeeId, contractId, field),
      employeeId,
      contractId,
      field,
      from: canonical(field, from),
      to: canonical(field, to),
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

/** The same number is the same value, however many zeros it has; a contract that is not withdrawn says nothing of it. */
function canonical(field: string, value: string | number | boolean | null): string | null {
  if (value === null) return null;
  const text = String(value);
  if (field === "withdrawn") return text === "true" ? text : null;
  const isNumber = numbers.has(field) || field === "employerSocialSecurityPercentage";
  return isNumber && text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
