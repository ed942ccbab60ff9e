import { recordAudit } from "../postgres/audit.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { ActivationActor } from "./activation-deps.ts";

export type ActivationAction =
  | "consent.requested"
  | "consent.granted"
  | "connection.confirmed"
  | "connection.mode_changed"
  | "preview.requested"
  | "choices.made"
  | "connection.disabled"
  | "connection.enabled";

/** Records who took a step of the activation. */
export async function recordActivation(
  trx: TenantTransaction,
  {
    now,
    subject = null,
    ...step
  }: Omit<ActivationActor, "actorKind"> & {
    actorKind: ActivationActor["actorKind"] | "link";
    action: ActivationAction;
    subject?: string | null;
    now: string;
  },
): Promise<void> {
  await recordAudit(trx, { ...step, subject, doneAt: now });
}
