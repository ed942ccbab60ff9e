/**
 * Why the database refused: it cannot store or compute with a value (`unusable_value`), or it is away, read-only or full
 * (`unavailable`). Null for every other error, also for a mistake in a statement.
 */
export function databaseFaultOf(error: unknown): "unusable_value" | "unavailable" | null {
  for (let one = error, depth = 0; one instanceof Error && depth < chainMax; one = one.cause, depth += 1) {
    const code = "code" in one && typeof one.code === "string" ? one.code : "";
    if (sqlState.test(code)) return faultOfState(code);
    if (lostConnectionCodes.has(code) || lostConnectionMessage.test(one.message)) return "unavailable";
  }
  return null;
}

function faultOfState(code: string): "unusable_value" | "unavailable" | null {
  // 22: data exception. 54: a limit of the program, such as a value that is too long for an index.
  if (/^(?:22|54)/.test(code)) return "unusable_value";
  // 08: connection. 53: out of disk, memory or connections. 57: shut down or cancelled. 58: the server's files. 25006: read-only.
  return /^(?:08|53|57|58)/.test(code) || code === "25006" ? "unavailable" : null;
}

const chainMax = 5;
const sqlState = /^[0-9A-Z]{5}$/;

/** Error codes of sockets. Lost calls to Liantis are not among them: liantis/ throws its own errors. */
const lostConnectionCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
]);

/** The driver has no codes for these. */
const lostConnectionMessage =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
