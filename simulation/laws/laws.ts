import type { Breach } from "../observations/step-span.ts";
import type { Between } from "../observations/step-span.ts";
import { changesAreTheDifference } from "./changes.ts";
import { runsKeepTheirGraph } from "./runs.ts";
import {
  type ConnectionRow,
  type ContractRow,
  type EmployeeRow,
  type HoldRow,
  type Snapshot,
  usedHolds,
} from "../observations/snapshot.ts";
import type { World } from "../model/world.ts";

/** The laws that hold after every step, including a step in which something failed. */
export function breachesOf(between: Between): Breach[] {
  return [
    noEmployeeIsLost,
    ownFieldsStay,
    blanksNeverWipe,
    onlyRunsAndPeopleWrite,
    linksStay,
    inactiveConnectionsRest,
    disabledConnectionsHaveNoOpenRun,
    renumberedCompaniesRest,
    otherEntitiesStay,
    signInsStay,
    decidedHoldsAreNotAskedAgain,
    addressesDoNotSwap,
    valuesComeFromTheWorker,
    changesAreTheDifference,
    runsKeepTheirGraph,
  ].flatMap((law) => law(between).map((how) => `${law.name}: ${how}`));
}

function byKey<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row> {
  return new Map(rows.map((row) => [key(row), row]));
}

/** Each employee of before, with the row after the step; undefined when it is gone. */
function pairsOf({
  before,
  after,
}: Pick<Between, "before" | "after">): [EmployeeRow, EmployeeRow | undefined][] {
  const now = byKey(after.employees, (one) => one.employee_id);
  return before.employees.map((one) => [one, now.get(one.employee_id)]);
}

function noEmployeeIsLost({ before, after, touched }: Between): Breach[] {
  return pairsOf({ before, after }).flatMap(([one, now]) => {
    if (now === undefined)
      return touched.removed.has(one.employee_id) ? [] : [`employee of ${one.email} is gone`];
    const left = one.deactivated_at !== now.deactivated_at || one.end_date !== now.end_date;
    return left && !touched.employees.has(one.employee_id)
      ? [`${one.email} was deactivated without a person acting`]
      : [];
  });
}

const ownColumns = [
  "language",
  "invited_at",
  "account_id",
  "customer_id",
  "created_at",
  "entity_id",
] as const;

function ownFieldsStay({ before, after, touched }: Between): Breach[] {
  return pairsOf({ before, after }).flatMap(([one, now]) => {
    if (now === undefined || touched.employees.has(one.employee_id)) return [];
    return ownColumns
      .filter((column) => one[column] !== now[column])
      .map((column) => `${column} of ${one.email}`);
  });
}

const mayBecomeBlank = new Set<string>(["end_date", "gross_monthly", "current_contract_id"]);

function blanksNeverWipe({ before, after, touched }: Between): Breach[] {
  const contracts = byKey(after.contracts, contractKey);
  const people = pairsOf({ before, after }).map(([one, now]) => [one, now, one.employee_id] as const);
  const terms = before.contracts.map(
    (one) => [one, contracts.get(contractKey(one)), one.employee_id] as const,
  );
  return [...people, ...terms].flatMap(([one, now, employeeId]) => {
    if (touched.employees.has(employeeId) || touched.removed.has(employeeId)) return [];
    if (now === undefined) return ["a wage contract is gone"];
    return Object.entries(one).flatMap(([column, value]) => {
      const wiped = value !== null && now[column as keyof typeof now] === null;
      return wiped && !mayBecomeBlank.has(column) ? [`${column} was wiped`] : [];
    });
  });
}

function contractKey({ employee_id: employeeId, contract_id: contractId }: ContractRow): string {
  return `${employeeId} ${contractId}`;
}

/** Rows change through people or runs only, and a run changes linked people only. */
function onlyRunsAndPeopleWrite({ before, after, touched, runsWorked }: Between): Breach[] {
  const linked = new Set(after.links.map((link) => link.employee_id));
  // An answer to a hold makes runs plan the person again by raising the row version, and nothing else.
  const personText = ({ row_version: _version, ...rest }: EmployeeRow) => JSON.stringify(rest);
  const rows = (snapshot: Snapshot) => [
    ...snapshot.employees.map((one) => [one.employee_id, personText(one)] as const),
    ...snapshot.contracts.map((one) => [one.employee_id, JSON.stringify(one)] as const),
  ];
  const known = new Set(rows(before).map(([, text]) => text));
  return rows(after).flatMap(([employeeId, text]) => {
    if (known.has(text) || touched.employees.has(employeeId) || touched.links.has(employeeId)) return [];
    return runsWorked && linked.has(employeeId)
      ? []
      : [`a row was written without a run or a person: ${text}`];
  });
}

function linksStay({ before, after, touched }: Between): Breach[] {
  const now = byKey(after.links, (link) => `${link.entity_id} ${link.worker_id}`);
  const lost = before.links.flatMap((link) => {
    if (touched.links.has(link.employee_id) || touched.removed.has(link.employee_id)) return [];
    const same = now.get(`${link.entity_id} ${link.worker_id}`)?.employee_id === link.employee_id;
    return same ? [] : [`${link.worker_id} is linked to another employee`];
  });
  const twice = after.links.length - new Set(after.links.map((link) => link.employee_id)).size;
  return twice === 0 ? lost : [...lost, "an employee is linked twice"];
}

/** A connection that is not active is neither fetched nor written. */
function inactiveConnectionsRest({ world, before, after, callsBefore }: Between): Breach[] {
  const isOff = (one: ConnectionRow | undefined) => one === undefined || one.state !== "active";
  const wasOn = byKey(before.connections, (one) => one.entity_id);
  // An undo is an act of people and is allowed in any state of the connection.
  const undone = new Set(after.runs.filter((run) => run.kind === "undo").map((run) => run.run_id));
  const written = new Set(after.changes.filter((one) => !undone.has(one.run_id)).map(changeKey));
  for (const change of before.changes) written.delete(changeKey(change));
  return after.connections.flatMap((connection) => {
    if (
      !isOff(connection) ||
      !isOff(wasOn.get(connection.entity_id)) ||
      wasOn.get(connection.entity_id)?.state === "choosing"
    )
      return [];
    const number = connection.enterprise_number ?? "";
    const called = (world.liantis.calls.get(number) ?? 0) > (callsBefore.get(number) ?? 0);
    const wrote = after.changes.some(
      (one) => one.entity_id === connection.entity_id && written.has(changeKey(one)),
    );
    return [
      ...(called ? [`Liantis was called for a connection that is ${connection.state}`] : []),
      ...(wrote ? [`people were written for a connection that is ${connection.state}`] : []),
    ];
  });
}

/** A disabled connection has no run that a worker could still take. */
function disabledConnectionsHaveNoOpenRun({ after }: Between): Breach[] {
  const off = new Set(
    after.connections.filter((one) => one.state === "disabled").map((one) => one.entity_id),
  );
  return after.runs
    .filter((run) => off.has(run.entity_id) && /^(queued|running)$/.test(run.status))
    .map((run) => `run ${run.run_id} is ${run.status}, and its connection is disabled`);
}

/** A connection rests while the company details name another company than the one that consented. */
function renumberedCompaniesRest({ after }: Between): Breach[] {
  const numbers = new Map(
    after.entities.map((one) => [one.entity_id, one.vat_number?.replaceAll(/\D/g, "")]),
  );
  return after.connections
    .filter((one) => one.state === "active" && numbers.get(one.entity_id) !== one.enterprise_number)
    .map(
      (one) =>
        `${one.entity_id} is still synchronised for ${one.enterprise_number}, and is another company now`,
    );
}

/** A run of one entity changes nothing of other entities, whether of the same customer or of another. */
function otherEntitiesStay({ before, after, peopleActed }: Between): Breach[] {
  if (peopleActed) return [];
  const rowsOf = (snapshot: Snapshot, entityId: string) =>
    JSON.stringify(
      [snapshot.issues, snapshot.holds, snapshot.links, snapshot.choices].map((rows) =>
        rows.filter((row) => row.entity_id === entityId),
      ),
    );
  const runsOf = (snapshot: Snapshot, entityId: string) =>
    JSON.stringify(snapshot.runs.filter((run) => run.entity_id === entityId));
  return after.connections.flatMap(({ entity_id: entityId }) => {
    if (runsOf(before, entityId) !== runsOf(after, entityId)) return [];
    return rowsOf(before, entityId) === rowsOf(after, entityId) ? [] : [`${entityId} had no run and changed`];
  });
}

/** An invited person keeps their sign-in address until they confirm another one. */
function signInsStay({ before, after, touched }: Between): Breach[] {
  const now = byKey(after.accounts, (one) => one.account_id);
  const was = byKey(before.accounts, (one) => one.account_id);
  return before.employees.flatMap((one) => {
    if (one.invited_at === null || touched.employees.has(one.employee_id)) return [];
    const [address, then] = [now.get(one.account_id)?.email, was.get(one.account_id)?.email];
    return address === then ? [] : [`${then} was invited and now signs in as ${address}`];
  });
}

/**
 * A rejected hold stays rejected while the same values come: no new hold opens. An accepted wage is held again only after a run used
 * the acceptance.
 */
function decidedHoldsAreNotAskedAgain({ before, after }: Between): Breach[] {
  const key = (hold: HoldRow) => `${hold.entity_id} ${hold.kind} ${hold.worker_id} ${hold.fingerprint}`;
  const unused = new Set(
    after.holds
      .filter((hold) => hold.status === "accepted" && hold.used_at === null)
      .map(({ hold_id: id }) => id),
  );
  const isDecided = ({ status, kind, hold_id: id }: HoldRow) =>
    status === "rejected" || (status === "accepted" && kind === "wage" && unused.has(id));
  const decided = new Set(before.holds.filter((hold) => hold.worker_id !== "" && isDecided(hold)).map(key));
  const known = new Set(before.holds.map((hold) => hold.hold_id));
  const again = after.holds.filter(
    (hold) => !known.has(hold.hold_id) && hold.status === "open" && decided.has(key(hold)),
  );
  return again
    .filter((hold) => hold.kind !== "reverted")
    .map((hold) => `${hold.kind} of ${hold.worker_id} is asked again`);
}

/** Two people exchange their addresses only after an admin accepted it for both. */
function addressesDoNotSwap({ before, after, touched }: Between): Breach[] {
  const moved = pairsOf({ before, after }).filter(
    ([one, now]) => now !== undefined && now.email !== one.email,
  );
  return moved.flatMap(([one, now]) => {
    const other = moved.find(([then]) => then.email === now?.email && then.customer_id === one.customer_id);
    if (other === undefined || other[1]?.email !== one.email || touched.employees.has(one.employee_id))
      return [];
    const used = usedHolds(before);
    const accepted = after.holds.some(
      (hold) =>
        hold.kind === "identity_swap" &&
        hold.status === "accepted" &&
        hold.employee_id === one.employee_id &&
        !used.has(hold.hold_id),
    );
    return accepted ? [] : [`${one.email} and ${other[0].email} exchanged their addresses`];
  });
}

function changeKey(change: { run_id: string; seq: number }): string {
  return `${change.run_id} ${change.seq}`;
}

/** Every value that a run wrote about a person was sent by Liantis about that worker at some time. */
function valuesComeFromTheWorker({ world, before, after, touched }: Between): Breach[] {
  const known = new Set(before.changes.map(changeKey));
  return after.changes
    .filter((change) => !known.has(changeKey(change)) && !touched.employees.has(change.employee_id))
    .flatMap((change) =>
      Object.entries(change.fields).flatMap(([field, [, value]]) => {
        if (!fieldsAsSent.has(field) || value === null) return [];
        const sent = world.liantis.sentTexts.get(
          `${employerOf(world, change.entity_id)} ${change.worker_id}`,
        );
        return sent?.has(value) ? [] : [`${field} of ${change.worker_id} is ${value}, which was never sent`];
      }),
    );
}

const fieldsAsSent = new Set([
  "firstName",
  "lastName",
  "email",
  "employeeNumber",
  "startDate",
  "endDate",
  "jointCommittee",
]);

function employerOf(world: World, entityId: string): string {
  return world.entities.find((one) => one.entityId === entityId)?.employer.number ?? "";
}
