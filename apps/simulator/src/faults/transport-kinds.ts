import { type Answer, problem } from "../partner/answer.ts";
import type { FaultKind, FaultRequest } from "./fault-kind.ts";

const HTML = "<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>";

/** Faults of the network and of the provider's machine; they can hit any call. */
export const transportFaults: readonly FaultKind[] = [
  {
    kind: "latency",
    reach: "anywhere",
    description: "the answer is delayed by latencyMs (1000 by default)",
    apply: (answer, _call, request) => ({ ...answer, delayMs: request.latencyMs ?? 1_000 }),
  },
  {
    kind: "rate-limited",
    reach: "anywhere",
    description: "429, with Retry-After if retryAfterSeconds is given",
    apply: (_answer, _call, request) =>
      withRetryAfter(problem(429, "rate-limited", "Too many calls."), request),
  },
  {
    kind: "unavailable",
    reach: "anywhere",
    description: "503, with Retry-After if retryAfterSeconds is given",
    apply: (_answer, _call, request) =>
      withRetryAfter(problem(503, "unavailable", "Try again later."), request),
  },
  {
    kind: "server-error",
    reach: "anywhere",
    description: "500 with a problem document",
    apply: () => problem(500, "internal-error", "Something went wrong."),
  },
  {
    kind: "connection-reset",
    reach: "anywhere",
    description: "the connection is reset before an answer is sent",
    apply: (answer) => ({ ...answer, delivery: "reset" }),
  },
  {
    kind: "stall",
    reach: "anywhere",
    description: "the connection stays open and no answer is sent",
    apply: (answer) => ({ ...answer, delivery: "stall" }),
  },
  {
    kind: "truncated-body",
    reach: "anywhere",
    description: "the connection closes after half of the body",
    apply: (answer) => ({ ...answer, delivery: "truncated" }),
  },
  {
    kind: "html",
    reach: "anywhere",
    description: "an HTML page with status 200",
    apply: (answer) => ({ ...answer, status: 200, contentType: "text/html; charset=utf-8", text: HTML }),
  },
  {
    kind: "empty-body",
    reach: "anywhere",
    description: "status 200 with an empty body",
    apply: (answer) => ({ ...answer, status: 200, text: "" }),
  },
];

function withRetryAfter(answer: Answer, request: FaultRequest): Answer {
  if (request.retryAfterSeconds === undefined) return answer;
  const seconds = request.retryAfterSeconds;
  // Real time: the caller compares the date with its own clock, not with the simulated one.
  const value =
    request.retryAfterFormat === "http-date"
      ? new Date(Date.now() + seconds * 1000).toUTCString()
      : String(seconds);
  return { ...answer, headers: { "retry-after": value } };
}
