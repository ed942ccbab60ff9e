import { authorizationFaults } from "./authorization-kinds.ts";
import { answerFaults } from "./answer-kinds.ts";
import { listingFaults } from "./listing-kinds.ts";
import { transportFaults } from "./transport-kinds.ts";
import type { FaultKind } from "./fault-kind.ts";

/** All kinds of faults; tests iterate over them. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ...transportFaults,
  ...answerFaults,
  ...listingFaults,
  ...authorizationFaults,
];

export function faultKindOf(name: string): FaultKind | undefined {
  return FAULT_KINDS.find((candidate) => candidate.kind === name);
}
