import {
  type AddressExchange,
  exchangeAddresses,
  exchangedWorkers,
  findExchanges,
  isExchangeAccepted,
} from "./email-swaps.sql.ts";
import { identityMoves } from "./identity-moves.sql.ts";
import { insertChanges } from "../people/person-writes.sql.ts";
import { checkpoint, type Run } from "../runs/runs.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { addressRings } from "../domain/guards/identity-alarms.ts";
import { searchText } from "../people/search-text.ts";
import { instant, type SyncEngine, syncTransaction } from "./engine.ts";

/**
 * Colleagues whose addresses go round among them, each of whom an admin accepted: their addresses change hands at once, before
 * anybody is planned, for no order of one after the other would do. Whoever has a partner that nobody accepted waits.
 * @returns the run, and the workers whose address it let change hands (also before a crash)
 */
export async function letAddressesChangeHands(
  engine: SyncEngine,
  run: Run,
): Promise<{ run: Run; exchanged: Set<string> }> {
  return await syncTransaction(engine, run.customerId, async (trx) => {
    // Looking over the whole listing is worth it for whoever has something to look for.
    if (!(await isExchangeAccepted(trx, run))) return { run, exchanged: new Set() };
    const rings = addressRings((await identityMoves(trx, run)).moves);
    const people = await findExchanges(
      trx,
      run,
      rings.flat().map((one) => one.workerId),
    );
    const accepted = rings.flatMap((ring) => {
      const members = ring.flatMap((one) => people.find((person) => person.workerId === one.workerId) ?? []);
      return members.every((member) => member.accepted) ? members : [];
    });
    const written = accepted.length > 0 ? await exchange(trx, run, accepted, instant(engine)) : run;
    return { run: written, exchanged: await exchangedWorkers(trx, run) };
  });
}

async function exchange(
  trx: TenantTransaction,
  run: Run,
  people: AddressExchange[],
  at: string,
): Promise<Run> {
  const changed = people.map((person) => ({
    ...person,
    searchText: searchText({ ...person, email: person.after }),
  }));
  await exchangeAddresses(trx, { ...run, at }, changed);
  await insertChanges(
    trx,
    { ...run, at },
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
