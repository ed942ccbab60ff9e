import { recordActivationAct } from "./activation-facts.sql.ts";
import { newId } from "../postgres/ids.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { ActivationActor, ActivationDeps } from "./activation-deps.ts";

export type ActivationAction =
  | "consent.requested"
  | "consent.granted"
  | "connection.confirmed"
  | "connection.mode_changed"
  | "preview.requested"
  | "choices.made"
  | "connection.disabled"
  | "connection.enabled";

/** Writes down who took a step of activation. */
export async function recordAct(
  trx: TenantTransaction,
  deps: Pick<ActivationDeps, "now">,
  act: Omit<ActivationActor, "actorKind"> & {
    actorKind: ActivationActor["actorKind"] | "link";
    action: ActivationAction;
    subject?: string;
    at: string;
  },
): Promise<void> {
  await recordActivationAct(trx, {
    customerId: act.customerId,
    entityId: act.entityId,
    entryId: newId(deps.now().getTime()),
    actor: `${act.actorKind}:${act.actorId}`,
    action: act.action,
    ...(act.subject === undefined ? {} : { subject: act.subject }),
    at: act.at,
  });
}
