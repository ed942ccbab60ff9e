/** The bounds of the HTTP interface of one process. Tests set their own. */
export interface HttpLimits {
  /** Calls that one caller may make within a minute. It stops a runaway loop; it is no quota. */
  callsPerMinuteMax: number;
  /** A request must have arrived in full by then: a slow sender cannot hold a connection. */
  requestMs: number;
  /** A connection on which nothing was sent or received for so long is closed. Event streams send a comment every 15 seconds. */
  idleConnectionMs: number;
  connectionsMax: number;
  /** Event streams that one account or API key may have open. */
  eventStreamsMax: number;
  /** When the process stops, requests that are being carried out may take so long; then their connections are closed. */
  drainMs: number;
}

export const defaultHttpLimits: HttpLimits = {
  callsPerMinuteMax: 60_000,
  requestMs: 30_000,
  // Longer than the longest exchange with Liantis, during which a caller gets no byte.
  idleConnectionMs: 10 * 60_000,
  connectionsMax: 2_000,
  eventStreamsMax: 20,
  drainMs: 10_000,
};
