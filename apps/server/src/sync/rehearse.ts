import { countPerson, type RunCounts } from "../domain/plan/counts.ts";
import type { PlanPolicy } from "../domain/plan/plan-types.ts";
import { planPerson } from "../domain/plan/plan.ts";
import { type SyncEngine, syncTransaction } from "./engine.ts";
import { gatherBatch, gatherListing } from "./facts.ts";
import type { WeighedListing } from "./weigh-listing.ts";
import type { PlannedPerson } from "./writes.ts";

/**
 * Plans everybody of a listing, batch by batch, and writes nothing.
 * @param visit gets each batch
 * @returns what applying the listing would count
 */
export async function rehearse(
  engine: SyncEngine,
  { run, counts: countsBefore }: WeighedListing,
  policy: PlanPolicy,
  visit: (batch: PlannedPerson[]) => Promise<void> = async () => {},
): Promise<RunCounts> {
  const listing = await syncTransaction(engine, run.customerId, (trx) =>
    gatherListing(trx, run, policy.thresholds),
  );
  let counts = countsBefore;
  for (let after = ""; ; ) {
    const people = await syncTransaction(engine, run.customerId, (trx) =>
      gatherBatch(trx, run, listing, after, engine.batchSize),
    );
    const last = people.at(-1);
    if (!last) return counts;
    const batch = people.map((person) => ({
      person,
      plan: planPerson(person.source, person.facts, policy),
      hasSwappedEmail: false,
    }));
    for (const { plan } of batch) counts = countPerson(counts, plan.bucket);
    await visit(batch);
    after = last.source.workerId;
  }
}
