import { listingSize } from "../runs/schedule.sql.ts";
import type { RunTrigger } from "../postgres/rows/runs.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { isWaitedFor } from "../domain/time/schedule.ts";

/** How soon a run is taken up: somebody waits for it, it is one of the night, or it is one of the night that takes long. */
export type Urgency = keyof typeof priorities;

export const priorities = { urgent: 10, nightly: 0, long: -10 } as const;

/** Workers of one process that take up runs of some urgencies only. */
export interface Lane {
  /** Runs at once. */
  workers: number;
  takes: readonly Urgency[];
}

/**
 * What one process works on at once. Whoever waits always finds a worker that no run of the night can occupy, and a large
 * listing, which can take many minutes, never stands before a small one. A run that waits for its pages costs next to
 * nothing; how much the provider is asked at once is limited elsewhere, for all processes together.
 */
export const defaultLanes: readonly Lane[] = [
  { workers: 2, takes: ["urgent"] },
  { workers: 4, takes: ["urgent", "nightly"] },
  { workers: 2, takes: ["long"] },
];

/** Runs of one customer at once, of one urgency, in one process: of the entities of a large group the others wait. */
export const runsOfCustomerAtOnce = 2;

/** Twenty pages: a minute or more when the provider is slow. */
const longListingMin = 10_000;

export async function urgencyOf(
  trx: TenantTransaction,
  { customerId, entityId, trigger }: { customerId: string; entityId: string; trigger: RunTrigger },
): Promise<Urgency> {
  if (isWaitedFor(trigger)) return "urgent";
  return (await listingSize(trx, customerId, entityId)) >= longListingMin ? "long" : "nightly";
}
