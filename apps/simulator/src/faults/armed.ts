import type { Answer } from "../partner/answer.ts";
import type { FaultKind, FaultReach, FaultedCall, FaultRequest } from "./fault-kind.ts";
import { faultKindOf } from "./kinds.ts";

/** A fault that waits for its calls. */
export interface ArmedFault {
  readonly id: number;
  readonly request: FaultRequest;
  /** How many calls it will still hit; null when it hits them always. */
  remaining: number | null;
  hits: number;
}

export type ArmOutcome = { kind: "armed"; fault: ArmedFault } | { kind: "unknown_kind" };

/** The faults that are armed, in the order of arming. Every fault that matches a call applies to it. */
export interface ArmedFaults {
  arm(request: FaultRequest): ArmOutcome;
  clear(id?: number): void;
  list(): readonly ArmedFault[];
  /** Applies what matches a call of the partner API, in turn. */
  spoil(answer: Answer, call: FaultedCall, reaches: readonly FaultReach[]): Answer;
  /** As `spoil`, for calls outside the partner API: only faults whose `path` names them. */
  spoilNamed(answer: Answer, path: string): Answer;
  /** Uses up one hit of a fault of the consent journey; null when none is armed. */
  take(kind: string): FaultRequest | null;
}

export function createArmedFaults(): ArmedFaults {
  let nextId = 1;
  let armed: ArmedFault[] = [];

  const hit = (fault: ArmedFault) => {
    fault.hits += 1;
    if (fault.remaining === null) return;
    fault.remaining -= 1;
    if (fault.remaining === 0) armed = armed.filter((other) => other !== fault);
  };

  const spoil = (
    answer: Answer,
    matching: (fault: ArmedFault, kind: FaultKind) => boolean,
    call: FaultedCall,
  ) => {
    let spoiled = answer;
    for (const fault of armed) {
      const kind = faultKindOf(fault.request.kind);
      if (kind?.apply === undefined || !matching(fault, kind)) continue;
      hit(fault);
      spoiled = kind.apply(spoiled, call, fault.request);
    }
    return spoiled;
  };

  return {
    arm: (request) => {
      if (faultKindOf(request.kind) === undefined) return { kind: "unknown_kind" };
      const remaining = request.always === true ? null : (request.times ?? 1);
      const fault: ArmedFault = { id: nextId++, request, remaining, hits: 0 };
      armed.push(fault);
      return { kind: "armed", fault };
    },
    clear: (id) => {
      armed = id === undefined ? [] : armed.filter((fault) => fault.id !== id);
    },
    list: () => armed,
    spoil: (answer, call, reaches) =>
      spoil(answer, (fault, kind) => matches(fault, kind, call, reaches), call),
    spoilNamed: (answer, path) =>
      spoil(
        answer,
        (fault, kind) =>
          kind.reach === "anywhere" && fault.request.path !== undefined && path.includes(fault.request.path),
        { path, listed: null },
      ),
    take: (kind) => {
      const fault = armed.find((candidate) => candidate.request.kind === kind);
      if (fault === undefined) return null;
      hit(fault);
      return fault.request;
    },
  };
}

function matches(
  fault: ArmedFault,
  kind: FaultKind,
  call: FaultedCall,
  reaches: readonly FaultReach[],
): boolean {
  const { path, page } = fault.request;
  if (!reaches.includes(kind.reach)) return false;
  if (path !== undefined && !call.path.includes(path)) return false;
  if (page !== undefined && call.listed?.pageNumber !== page) return false;
  if (kind.pages === undefined) return true;
  if (call.listed === null) return false;
  return kind.pages === "first" ? call.listed.pageNumber === 1 : call.listed.pageNumber > 1;
}
