import type { Answer } from "../partner/answer.ts";
import type { FaultKind, FaultReach, FaultedCall, FaultRequest } from "./fault-kind.ts";
import { faultKindOf } from "./kinds.ts";

/** A fault that applies to the next matching calls. */
export interface ArmedFault {
  readonly id: number;
  readonly request: FaultRequest;
  /** The number of calls it will still hit; null for every call. */
  remaining: number | null;
  hits: number;
}

export type ArmOutcome = { kind: "armed"; fault: ArmedFault } | { kind: "unknown_kind" };

/** The armed faults. All that match a call apply to it, in the order in which they were armed. */
export interface ArmedFaults {
  arm(request: FaultRequest): ArmOutcome;
  clear(id?: number): void;
  list(): readonly ArmedFault[];
  /** Applies the faults that match a call of the partner API. */
  applyFaults(answer: Answer, call: FaultedCall, reaches: readonly FaultReach[]): Answer;
  /** Applies faults to a call outside the partner API: only those whose `path` is part of its path. */
  applyFaultsByPath(answer: Answer, path: string): Answer;
  /** Uses up one hit of a fault of the consent journey; null if none is armed. */
  takeFault(kind: string): FaultRequest | null;
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

  const applyMatching = (
    answer: Answer,
    matching: (fault: ArmedFault, kind: FaultKind) => boolean,
    call: FaultedCall,
  ) => {
    let faulty = answer;
    for (const fault of armed) {
      const kind = faultKindOf(fault.request.kind);
      if (kind?.apply === undefined || !matching(fault, kind)) continue;
      hit(fault);
      faulty = kind.apply(faulty, call, fault.request);
    }
    return faulty;
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
    applyFaults: (answer, call, reaches) =>
      applyMatching(answer, (fault, kind) => matches(fault, kind, call, reaches), call),
    applyFaultsByPath: (answer, path) =>
      applyMatching(
        answer,
        (fault, kind) =>
          kind.reach === "anywhere" && fault.request.path !== undefined && path.includes(fault.request.path),
        { path, listed: null },
      ),
    takeFault: (kind) => {
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
