/** Messages between the processes of the benchmark. */

/** To the provider: the people of each employer from now on. */
export interface Serve {
  /** The number of the first person: two customers have no person, and so no e-mail address, in common. */
  employers: { enterpriseNumber: string; people: number; firstPerson: number }[];
  changed: boolean;
}

/** To a side: its database, provider and tenants. It answers `ready`, and starts at `go`. */
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
  /** Peak resident memory of the process. */
  peakMemoryMb: number;
}

export const go = "go";
export const ready = "ready";
/** The provider's limit, which production uses. */
export const pageSize = 500;
