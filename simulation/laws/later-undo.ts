import { type Place, placeOf, placesOfChange, valuesOf } from "./changes.ts";
import type { ChangeRow, Snapshot } from "../observations/snapshot.ts";
import type { Breach } from "../observations/step-span.ts";

/** What an undo reported as not undone, and why; without a contract or a field: all of it. */
export interface NotUndone {
  employeeId: string;
  contractId: string | null;
  field: string | null;
  reason: string;
}

/** An undo of any run, and the tables before and after it. */
export interface Undone {
  runId: string;
  before: Snapshot;
  after: Snapshot;
  notReverted: readonly NotUndone[];
}

/**
 * Undoing a run, however long ago it was, puts back exactly what it wrote and nobody wrote since, says of everything else why
 * not, and leaves alone whatever the run had not written. Which contract is current goes by date.
 */
export function breachesOfLaterUndo(undone: Undone): Breach[] {
  const { before, after, runId } = undone;
  const [was, is] = [valuesOf(before), valuesOf(after)];
  const own = before.changes.filter((one) => one.run_id === runId && one.undone_at === null);
  const written = new Map<string, Place & { from: string | null; to: string | null; at: string }>();
  for (const change of own)
    for (const place of placesOfChange(change)) {
      const first = written.get(place.key);
      written.set(place.key, {
        ...place,
        from: first === undefined ? place.from : first.from,
        at: change.changed_at,
      });
    }
  const gone = new Set(
    before.employees
      .filter((one) => !after.employees.some((other) => other.employee_id === one.employee_id))
      .map((one) => one.employee_id),
  );
  const created = new Set(own.filter(isOfPerson("create")).map((one) => one.employee_id));
  const breaches = [...gone]
    .filter((id) => !created.has(id))
    .map((id) => `${id} is gone and was not created by it`);
  for (const [key, value] of was) {
    const place = written.get(key);
    if (gone.has(employeeOf(key)) || key.endsWith(" currentContractId")) continue;
    if (place === undefined || created.has(employeeOf(key))) {
      if (!isContractOf(own, key) && is.get(key) !== value)
        breaches.push(`${key} was ${value} and is ${is.get(key) ?? null}`);
      continue;
    }
    breaches.push(...breachesOfPlace(undone, place, { was: value, is: is.get(key) ?? null }));
  }
  return breaches.map((how) => `undo of an earlier run: ${how}`);
}

function breachesOfPlace(
  undone: Undone,
  place: Place & { from: string | null; to: string | null; at: string },
  value: { was: string | null; is: string | null },
): Breach[] {
  if (isAddedContract(undone, place)) return [];
  const excuse = undone.notReverted.find(
    (one) =>
      one.employeeId === place.employeeId &&
      (one.contractId === null || one.contractId === place.contractId) &&
      (one.field === null || one.field === place.field),
  );
  const isWrittenSince = wasWrittenSince(undone, place);
  if (excuse === undefined && isWrittenSince && value.is !== value.was)
    return [`${place.key} was undone though it was written since`];
  if (excuse === undefined)
    return value.is === place.from ? [] : [`${place.key} was to be ${place.from} again and is ${value.is}`];
  if (value.is !== value.was && value.is !== place.from)
    return [`${place.key} went from ${value.was} to ${value.is}, which it never was`];
  const isFree = value.was === place.to && !isWrittenSince;
  return excuse.reason === "changed_since" && excuse.field === place.field && isFree
    ? [`${place.key} was not undone though it was not written since`]
    : [];
}

/** By another run, unless that was undone itself, or by hand. */
function wasWrittenSince(
  { before, runId }: Undone,
  { key, employeeId, field, at }: Place & { at: string },
): boolean {
  const undos = new Set(before.runs.filter((run) => run.kind === "undo").map((run) => run.run_id));
  const stands = ({ undone_at, undone_fields }: ChangeRow) =>
    undone_at === null || (undone_fields !== null && !undone_fields.includes(field));
  const isLater = (one: ChangeRow) =>
    one.run_id !== runId && one.changed_at > at && !undos.has(one.run_id) && stands(one);
  return (
    before.changes.some((one) => isLater(one) && placesOfChange(one).some((place) => place.key === key)) ||
    before.fieldEdits.some(
      (edit) => edit.employee_id === employeeId && edit.field === field && edit.edited_at >= at,
    )
  );
}

/** A contract that the run brought is gone, or stays as one that is withdrawn: not field by field. */
function isAddedContract({ before, runId }: Undone, place: Place): boolean {
  return before.changes.some(
    (one) =>
      one.run_id === runId &&
      one.kind === "create" &&
      one.contract_id !== null &&
      one.employee_id === place.employeeId &&
      one.contract_id === place.contractId,
  );
}

/** Of a contract that the run wrote, what else stands in the row is judged with it. */
function isContractOf(own: readonly ChangeRow[], key: string): boolean {
  return own.some(
    (one) =>
      one.contract_id !== null &&
      (one.kind === "create" || one.kind === "withdraw") &&
      key.startsWith(placeOf(one.employee_id, one.contract_id, "")),
  );
}

function isOfPerson(kind: string) {
  return (one: ChangeRow) => one.kind === kind && one.contract_id === null;
}

function employeeOf(key: string): string {
  return key.split(" ")[0] ?? "";
}
