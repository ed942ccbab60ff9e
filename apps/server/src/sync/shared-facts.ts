import { type KnownDuplicate, knownDuplicates } from "../db/known-duplicates.ts";
import type { Run } from "../db/runs.ts";
import { type SharedValues, sharedValues } from "../db/staging.ts";
import type { TenantTransaction } from "../db/transaction.ts";

/**
 * What people of a run share with each other. A run about one person sees nobody else, so that what is known of the others
 * comes from the issues of the last listing; a listing that no longer says so closes them.
 */
export async function sharedFacts(trx: TenantTransaction, run: Run): Promise<SharedValues> {
  const shared = await sharedValues(trx, run);
  const { workerId } = run;
  if (workerId === null) return shared;
  const known = await knownDuplicates(trx, run);
  const [first] = known;
  if (first === undefined) return shared;
  const byEmail = new Map(shared.byEmail);
  byEmail.set(first.email, sharersOf(workerId, known, first.holderWorkerId));
  return { ...shared, byEmail };
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
