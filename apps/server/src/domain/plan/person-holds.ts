import type {
  HoldDecision,
  PersonHoldReason,
  PersonHold,
  PersonHoldKind,
  PlannedField,
  UsedAcceptance,
} from "../guards/hold-types.ts";
import type { Operation } from "../records/operation.ts";
import type { PersonPlan, PlanPolicy } from "./plan-types.ts";

/**
 * The question that a guard asks about one person, or null when an admin let exactly this through already.
 * @param fields what is kept back; the question is another one as soon as any value is
 */
export function openHold(
  question: { kind: PersonHoldKind; workerId: string; reasons: PersonHoldReason[]; fields: PlannedField[] },
  decisions: readonly HoldDecision[],
  { digest }: Pick<PlanPolicy, "digest">,
): PersonHold | null {
  const { kind, workerId, reasons, fields } = question;
  const fingerprint = digest(JSON.stringify([kind, workerId, fields.map(contentOf).toSorted()]));
  const decided = decisions.findLast((one) => one.kind === kind && one.fingerprint === fingerprint);
  if (decided?.status === "accepted") return null;
  return { kind, fingerprint, reasons, fields, status: decided?.status ?? "open" };
}

/** After an undo the person stays unchanged until an admin accepts; the newest decision counts. */
export function undoHold(decisions: readonly HoldDecision[]): PersonHold | null {
  const last = decisions.findLast((one) => one.kind === "reverted");
  if (last === undefined || last.status === "accepted") return null;
  const { fingerprint, status } = last;
  return { kind: "reverted", fingerprint, reasons: [{ code: "REVERTED", params: {} }], fields: [], status };
}

/**
 * Acceptances that are used up once a plan is written: they let values of this person through, or those values are no longer sent.
 * While another hold keeps the same values back, an acceptance stays. One of an undone run is never used up.
 * @param decisions those that the plan was made with: a later one has let nothing through yet
 */
export function usedAcceptances(
  { workerId, bucket, holds }: Pick<PersonPlan, "workerId" | "bucket" | "holds">,
  decisions: readonly HoldDecision[],
): UsedAcceptance[] {
  const isNothingWritten = bucket === "failed" || (bucket === "held" && holds.length === 0);
  if (isNothingWritten || holds.some((hold) => hold.kind !== "wage")) return [];
  return decisions
    .filter(({ kind, status }) => status === "accepted" && kind !== "reverted")
    .filter(({ kind }) => !holds.some((hold) => hold.kind === kind))
    .map(({ kind, fingerprint }) => ({ workerId, kind, fingerprint }));
}

/** Every field that operations would write. */
export function fieldsOf(operations: readonly Operation[]): PlannedField[] {
  return operations.flatMap((operation): PlannedField[] => {
    switch (operation.kind) {
      case "create_employee":
        return newFields(null, operation.after);
      case "link_employee":
        return [];
      case "update_employee":
        return operation.changes.map((change) => ({ contractId: null, ...change }));
      case "add_contract":
        return newFields(operation.contractId, operation.after);
      case "update_contract":
        return operation.changes.map((change) => ({ contractId: operation.contractId, ...change }));
      case "withdraw_contract":
        return [{ contractId: operation.contractId, field: "withdrawn", before: "false", after: "true" }];
      default:
        return operation satisfies never;
    }
  });
}

function newFields(contractId: string | null, values: object): PlannedField[] {
  return Object.entries(values).flatMap(([field, after]: [string, unknown]) =>
    typeof after === "string" ? [{ contractId, field, before: null, after }] : [],
  );
}

function contentOf({ contractId, field, before, after }: PlannedField): string {
  return JSON.stringify([contractId, field, before, after]);
}
