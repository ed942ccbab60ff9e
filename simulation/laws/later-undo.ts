import { type ChangedPlace, type Place, placeOf, placesOfChange, valuesOf } from "./changes.ts";
import type { ChangeRow, Snapshot } from "../observations/snapshot.ts";
import type { Breach } from "../observations/step-span.ts";

/** What an undo reported as not undone, and why; without a contract or a field: all of it. */
export interface NotUndone {
  employeeId: string;
  contractId: string | null;
  field: string | null;
  reason: string;
}

/** One field that the undone run wrote: its value before the first change, and the time of the last. */
interface WrittenPlace extends ChangedPlace {
  writtenAt: string;
}

/** An undo of a run, with the tables before and after it. */
export interface Undone {
  runId: string;
  before: Snapshot;
  after: Snapshot;
  notReverted: readonly NotUndone[];
}

/**
 * The undo of a run of any age restores exactly the values that the run wrote and that were not written since. It reports each other
 * value of the run with a reason, and does not touch anything else. The current contract follows the calendar.
 */
export function breachesOfLaterUndo(undone: Undone): Breach[] {
  const { before, after, runId } = undone;
  const [was, is] = [valuesOf(before), valuesOf(after)];
  const own = before.changes.filter((one) => one.run_id === runId && one.undone_at === null);
  const written = new Map<string, WrittenPlace>();
  for (const change of own)
    for (const place of placesOfChange(change)) {
      const first = written.get(place.key);
      written.set(place.key, {
        ...place,
        before: first === undefined ? place.before : first.before,
        writtenAt: change.changed_at,
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
    .map((id) => `${id} is gone and was not created by the run`);
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
  place: WrittenPlace,
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
    return value.is === place.before
      ? []
      : [`${place.key} should be ${place.before} again and is ${value.is}`];
  if (value.is !== value.was && value.is !== place.before)
    return [`${place.key} went from ${value.was} to ${value.is}, which it never was`];
  const isFree = value.was === place.after && !isWrittenSince;
  return excuse.reason === "changed_since" && excuse.field === place.field && isFree
    ? [`${place.key} was not undone though it was not written since`]
    : [];
}

/** Whether the value was written later: by a run that was not undone itself, or by hand. */
function wasWrittenSince(
  { before, runId }: Undone,
  { key, employeeId, field, writtenAt }: Pick<WrittenPlace, "key" | "employeeId" | "field" | "writtenAt">,
): boolean {
  const undos = new Set(before.runs.filter((run) => run.kind === "undo").map((run) => run.run_id));
  const isInForce = ({ undone_at, undone_fields }: ChangeRow) =>
    undone_at === null || (undone_fields !== null && !undone_fields.includes(field));
  const isLater = (one: ChangeRow) =>
    one.run_id !== runId && one.changed_at > writtenAt && !undos.has(one.run_id) && isInForce(one);
  return (
    before.changes.some((one) => isLater(one) && placesOfChange(one).some((place) => place.key === key)) ||
    before.fieldEdits.some(
      (edit) => edit.employee_id === employeeId && edit.field === field && edit.edited_at >= writtenAt,
    )
  );
}

/** A contract that the run added is removed, or kept as withdrawn: its fields are not judged one by one. */
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

/** The other columns of a contract that the run added or withdrew change with it. */
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
