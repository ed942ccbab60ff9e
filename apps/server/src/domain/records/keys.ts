/** An entity of a customer. */
export interface EntityKey {
  customerId: string;
  entityId: string;
}

/** A run of an entity. */
export interface RunKey extends EntityKey {
  runId: string;
}

/** A run and the instant of its write. */
export interface RunAt extends RunKey {
  /** RFC 3339. */
  now: string;
}
