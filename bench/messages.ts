/** What the processes of the benchmark say to each other. */

/** To the provider: from now on this employer has so many people. */
export interface Serve {
  /** The people are those with the numbers from `firstPerson` on: an e-mail address belongs to one customer alone. */
  employers: { enterpriseNumber: string; people: number; firstPerson: number }[];
  changed: boolean;
}

/** To a side: what it works with. It gets ready, says so, and starts at `go`. */
export interface Prepare {
  databaseUrl: string;
  providerUrl: string;
  measured: Tenant;
  warmUp: Tenant;
}

export interface Tenant {
  customerId: string;
  entityId: string;
  enterpriseNumber: string;
}

/** From a side, once everything is committed. */
export interface Measured {
  seconds: number;
  /** Of the syncing process alone, user and system. */
  cpuSeconds: number;
  /** The most memory that the process ever had resident. */
  peakMemoryMb: number;
}

export const go = "go";
export const ready = "ready";
/** The provider's limit, and what production asks for. */
export const pageSize = 500;
