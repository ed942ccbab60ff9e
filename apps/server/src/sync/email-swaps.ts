import {
  type EmailSwap,
  swapEmails,
  findSwappedWorkers,
  findEmailSwaps,
  isEmailSwapAccepted,
} from "./email-swaps.sql.ts";
import { findIdentityMoves } from "./identity.sql.ts";
import { insertChanges } from "../people/person-writes.sql.ts";
import { checkpoint } from "../runs/take-run.sql.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { addressRings } from "../domain/guards/identity-alarms.ts";
import { searchText } from "../people/search-text.ts";
import { instant, type SyncEngine, syncTransaction } from "./engine.ts";

/**
 * Applies accepted e-mail swaps in one statement, before anybody is planned; one by one they would violate the unique e-mail. A
 * ring of colleagues waits until an admin has accepted all of them.
 * @returns the run, and the workers whose e-mail it swapped (also before a crash)
 */
export async function applyAcceptedEmailSwaps(
  engine: SyncEngine,
  run: StoredRun,
): Promise<{ run: StoredRun; swapped: Set<string> }> {
  return await syncTransaction(engine, run.customerId, async (trx) => {
    // Looking through the whole listing costs time: only if a swap was accepted.
    if (!(await isEmailSwapAccepted(trx, run))) return { run, swapped: new Set() };
    const rings = addressRings((await findIdentityMoves(trx, run)).moves);
    const people = await findEmailSwaps(
      trx,
      run,
      rings.flat().map((one) => one.workerId),
    );
    const accepted = rings.flatMap((ring) => {
      const members = ring.flatMap((one) => people.find((person) => person.workerId === one.workerId) ?? []);
      return members.every((member) => member.accepted) ? members : [];
    });
    const written = accepted.length > 0 ? await writeSwaps(trx, run, accepted, instant(engine)) : run;
    return { run: written, swapped: await findSwappedWorkers(trx, run) };
  });
}

async function writeSwaps(
  trx: TenantTransaction,
  run: StoredRun,
  people: EmailSwap[],
  now: string,
): Promise<StoredRun> {
  const changed = people.map((person) => ({
    ...person,
    searchText: searchText({ ...person, email: person.after }),
  }));
  await swapEmails(trx, { ...run, now }, changed);
  await insertChanges(
    trx,
    { ...run, now },
    people.map(({ employeeId, workerId, before, after }, index) => ({
      seq: run.changeSeq + 1 + index,
      employeeId,
      workerId,
      contractId: null,
      kind: "update",
      fields: JSON.stringify({ email: [before, after] }),
      reason: "address_exchange",
    })),
  );
  return await checkpoint(trx, run, { changeSeq: run.changeSeq + people.length });
}
