import {
  findIdentityMoves,
  findKnownAlarm,
  type KnownDuplicate,
  findKnownDuplicates,
} from "./identity.sql.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import { type SharedValues, findSharedValues } from "../runs/staging.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { GuardThresholds } from "../domain/guards/guard.ts";
import type { IdentityAlarm } from "../domain/guards/hold-types.ts";
import { identityAlarms } from "../domain/guards/identity-alarms.ts";

export interface SharedFacts {
  shared: SharedValues;
  /** worker → why their identity is in doubt. */
  alarms: ReadonlyMap<string, IdentityAlarm>;
}

/**
 * The e-mails and numbers that people of a run share. A run about one person reads no other worker: the issues and holds of the
 * last listing tell what is known about the others, until a listing closes them.
 */
export async function gatherSharedFacts(
  trx: TenantTransaction,
  run: StoredRun,
  thresholds: GuardThresholds,
): Promise<SharedFacts> {
  const shared = await findSharedValues(trx, run);
  if (run.kind !== "person")
    return { shared, alarms: identityAlarms(await findIdentityMoves(trx, run), thresholds) };
  const { workerId } = run;
  const alarm = await findKnownAlarm(trx, run);
  const byEmail = withDuplicates(shared.byEmail, workerId, await findKnownDuplicates(trx, run));
  if (alarm === null) return { shared: { ...shared, byEmail }, alarms: new Map() };
  // A swapped number is held as in a whole listing, instead of counting as taken.
  const isSwap = alarm.code !== "MANY_IDENTITIES_CHANGED";
  const numberTaken = isSwap ? new Set<string>() : shared.numberTaken;
  return { shared: { byEmail, numberTaken }, alarms: new Map([[workerId, alarm]]) };
}

function withDuplicates(
  byEmail: SharedValues["byEmail"],
  workerId: string,
  known: readonly KnownDuplicate[],
): SharedValues["byEmail"] {
  const [first] = known;
  if (first === undefined) return byEmail;
  return new Map([...byEmail, [first.email, sharersOf(workerId, known, first.holderWorkerId)]]);
}

/** Everybody who shares the address. Of those the listing named by their number alone, the linked one comes first. */
function sharersOf(workerId: string, known: readonly KnownDuplicate[], holderWorkerId: string | null) {
  const own = known.find((one) => one.workerId === workerId);
  if (own === undefined)
    return known.map(({ workerId: other, employeeNumber }) => ({ workerId: other, employeeNumber }));
  const holder = holderWorkerId === workerId ? null : holderWorkerId;
  return own.otherEmployeeNumbers
    .split(", ")
    .map((employeeNumber, index) => ({ workerId: index === 0 ? (holder ?? "") : "", employeeNumber }));
}
